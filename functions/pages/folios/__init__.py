"""A booking's bills at the front desk: charges, payments, deposits, splits, closing, paper."""
