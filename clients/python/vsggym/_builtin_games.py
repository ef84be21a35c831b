"""The server's built-in games and their players; written by the tests when VSGGYM_UPDATE=1, and compared with the server's."""

GAMES = {
    "climbing-v0": ("player_0", "player_1"),
    "differential-v0": ("player_0", "player_1"),
    "matching_pennies-v0": ("player_0", "player_1"),
    "prisoners_dilemma-v0": ("player_0", "player_1"),
    "pursuit-v0": ("hunter", "prey"),
    "rock_paper_scissors-v0": ("player_0", "player_1"),
}
