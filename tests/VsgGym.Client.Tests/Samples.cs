namespace VsgGym.Client.Tests;

/// <summary>Small games given in full.</summary>
internal static class Samples
{
    public const string PrisonersNfg = """
        NFG 1 R "Prisoner's Dilemma" { "row" "column" } { 2 2 }

        3 3 5 0 0 5 1 1
        """;

    public static NormalFormGame Pennies => new(new double[,,] { { { 1, -1 }, { -1, 1 } }, { { -1, 1 }, { 1, -1 } } })
    {
        Players = ["even", "odd"],
        Actions = [["heads", "tails"], ["heads", "tails"]],
        Title = "Matching pennies",
    };

    /// <summary>One player, two states; action 1 in state 0 leads to state 1, where the reward is 1 forever.</summary>
    public static TabularGame Walk => new(
        new NdArray([0, 0, 1, 1], 1, 2, 2),
        new NdArray([1, 0, 0, 1, 0, 1, 0, 1], 2, 2, 2))
    { Discount = 0.5 };
}
