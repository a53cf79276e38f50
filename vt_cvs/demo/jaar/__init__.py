"""A year of Veilig Thuis, in bulk: a few stories told through the services are moulds, and each is cast many times.

The services write the moulds, so every row, log line, version and task is one that they would have written. A cast
gives them other people, numbers and days, reckons the terms again, and copies them in with every guard awake.
"""
