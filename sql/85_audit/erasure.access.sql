-- What forgetting needs beyond what commands may: to remove what only opened a door.
grant delete on identity.seen_devices to engine;
