"""Reception's inbox: what is asked for, who has it, and the one tap that moves it on."""
