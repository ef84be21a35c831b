using System.Globalization;
using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class DrivingTests
{
    // A junction, and the actions of its cars: N, S, E, W, stay; of its pedestrian: E, W, stay.
    private const string Junction = "##*#/P:=p/3..1/##2#";
    private const int North = 0, South = 1, East = 2, West = 3, Stay = 4, Walk = 0, Stand = 2;
    private const string Start = "car_1 (2, 3), car_2 (3, 2), car_3 (2, 0), pedestrian (1, 0)";
    private static readonly Catalog Entries = Catalog.Scan([typeof(Driving).Assembly]);
    private static readonly StochasticGame Table = new Driving(new Driving.Options { Layout = Junction }).Table;

    [Fact]
    public void States_AreAllCombinationsOfPlaces()
    {
        // 6 cells of road besides the goal, and gone, for each car; 3 cells and gone for the pedestrian.
        Assert.Equal(7 * 7 * 7 * 4, Table.StateCount);
        Assert.Equal([5, 5, 5, 3], Table.ActionCounts.ToArray());
        Assert.Equal(["E", "W", "stay"], Table.ActionLabels[3].ToArray());
        Assert.Equal(Start, Table.FirstState());
    }

    [Fact]
    public void CarsKeepToTheRoad_AndThePedestrianToPavementAndCrossing()
    {
        Assert.Equal([false, false, false, true, true], Table.LegalActions(0, Table.State(Start)));
        Assert.Equal([true, false, false, false, true], Table.LegalActions(1, Table.State(Start)));
        Assert.Equal([true, false, true], Table.LegalActions(3, Table.State(Start)));
        Assert.Equal([true, true, false, false, true], Table.LegalActions(0, Table.State("car_1 (1, 2), car_2 gone, car_3 gone, pedestrian (1, 2)")));
    }

    [Fact]
    public void Moves_AreTakenAtOnceAndCostAStep()
    {
        Assert.Equal("car_1 (2, 2), car_2 (3, 2), car_3 (2, 1), pedestrian (1, 1)", Table.OnlyNextOf(Start, West, Stay, East, Walk));
        Assert.Equal([-1, -1, -1, -1], Table.RewardsOf(Start, West, Stay, East, Walk));
    }

    [Fact]
    public void SharedCell_CostsTheWeightsOfTheOthers()
    {
        Assert.Equal([-5, -5, -1, -1], Table.RewardsOf(Start, West, North, Stay, Stand));
        Assert.Equal("car_1 (2, 2), car_2 (2, 2), car_3 (2, 0), pedestrian (1, 0)", Table.OnlyNextOf(Start, West, North, Stay, Stand));
        const string AtCrossing = "car_1 (2, 2), car_2 (2, 2), car_3 gone, pedestrian (1, 1)";
        Assert.Equal([-1 - 4 - 8, -1 - 4 - 8, 0, -1 - 4 - 4], Table.RewardsOf(AtCrossing, North, North, Stay, Walk));
    }

    [Fact]
    public void Goal_PaysAndTheAgentLeaves()
    {
        const string Label = "car_1 (1, 2), car_2 (2, 2), car_3 gone, pedestrian (1, 2)";
        Assert.Equal([9, -1, 0, 9], Table.RewardsOf(Label, North, North, Stay, Walk));
        Assert.Equal("car_1 gone, car_2 (1, 2), car_3 gone, pedestrian gone", Table.OnlyNextOf(Label, North, North, Stay, Walk));
        Assert.Equal([false, false, false, false, true], Table.LegalActions(2, Table.State(Label)));
    }

    [Fact]
    public void LastToLeave_EndsTheGame() =>
        Assert.Empty(Table.NextOf("car_1 (1, 2), car_2 gone, car_3 gone, pedestrian gone", North, Stay, Stay, Stand));

    [Fact]
    public void OwnGoals_TakeThePlaceOfTheSharedOne()
    {
        var table = new Driving(new Driving.Options { Layout = "1a2b3c/P=p###" }).Table;
        int[] east = [.. table.ActionLabels.Select(labels => labels.IndexOf("E"))];
        Assert.Equal("car_1 gone, car_2 gone, car_3 gone, pedestrian (1, 1)", table.OnlyNextOf("car_1 (0, 0), car_2 (0, 2), car_3 (0, 4), pedestrian (1, 0)", east));
        Assert.StartsWith("car_1 (0, 3), car_2 (0, 1)", table.OnlyNextOf("car_1 (0, 2), car_2 (0, 0), car_3 (0, 4), pedestrian (1, 0)", east), StringComparison.Ordinal); // others' goals
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("##*#/P:=p/3..1/##2", "wrong_shape")]
    [InlineData("##*#/P:=p/3.x1/##2#", "unknown_character")]
    [InlineData("##*#/P:=p/3..1/####", "wrong_count")]
    [InlineData("##*#/P:=#/3..1/##2#", "wrong_count")]
    [InlineData("##*#/P#=p/3..1/##2#", "unreachable")]
    [InlineData("####*#/1.##2#/3.P=p#", "unreachable")]
    public void FaultyLayout_IsRefused(string layout, string reason)
    {
        var error = Assert.Throws<VsgGymException>(() => Entries.CreateGame("driving-v0", $$"""{"layout": "{{layout}}"}"""));
        Assert.Contains(error.Faults, fault => fault.Path == "game.options.layout" && fault.Reason == reason);
    }

    [Fact]
    public void LargeLayout_IsRefusedBeforeItsTableIsMade()
    {
        string road = new('.', 17);
        var error = Assert.Throws<VsgGymException>(() => Entries.CreateGame("driving-v0", $$"""{"layout": "*{{road}}/123{{new string('.', 15)}}/P=p{{new string('#', 15)}}"}"""));
        Assert.Contains("states times joint actions must not exceed 4194304", error.Message, StringComparison.Ordinal);
    }

    // Etesami and Straehle 2020, section 7: "all cars stop before the zebra crossing while the pedestrian walks", then car 2, then cars 1 and 3, by shortest routes.
    [Fact]
    public void ExploringDrivers_WaitForThePedestrian_ThenGoInTheOrder2_1_3_ByShortestRoutes()
    {
        var table = new Driving(new Driving.Options()).Table;
        var paths = new OccupancyPlay(10, [4, 4, 4, 8], Places(table.FirstState()), Moves(table)).Paths();
        const int Crossing = 10 + 1, Gone = -1;
        int[] arrivals = [.. paths.Select(path => Array.IndexOf(path, Crossing))];
        Assert.Equal([4, 3, 6, 1], arrivals); // the pedestrian, then car_2, car_1, car_3
        int[] moves = [.. paths.Select(path => path.Zip(path.Skip(1)).Count(step => step.First != step.Second))];
        Assert.Equal([4, 3, 5, 2], moves);
        Assert.All(paths, path => Assert.Equal(Gone, path[^1]));
    }

    /// <summary>Each agent's own moves, read from the table with the others gone.</summary>
    private static Dictionary<int, (int Action, int Next, double Reward)[]>[] Moves(StochasticGame table) => [.. Enumerable.Range(0, 4).Select(agent =>
    {
        int[] stay = [.. table.ActionLabels.Select(labels => labels.IndexOf("stay"))];
        var moves = new Dictionary<int, (int Action, int Next, double Reward)[]> { [-1] = [(stay[agent], -1, 0)] };
        foreach (string label in table.StateLabels)
        {
            int[] places = Places(label);
            if (places[agent] == -1 || places.Where((place, other) => other != agent && place != -1).Any()) continue;
            moves[places[agent]] = [.. Enumerable.Range(0, table.ActionCounts[agent]).Where(a => table.IsLegal(agent, table.State(label), a)).Select(a =>
            {
                int[] joint = [.. stay];
                joint[agent] = a;
                var next = table.NextOf(label, joint);
                return (a, next.Length == 0 ? -1 : Places(next[0].Label)[agent], table.RewardsOf(label, joint)[agent]);
            })];
        }

        return moves;
    })];

    /// <summary>10 * row + column of each agent, or -1.</summary>
    private static int[] Places(string label) => [.. label.Replace("), ", ")|", StringComparison.Ordinal).Replace("gone, ", "gone|", StringComparison.Ordinal).Split('|').Select(part =>
    {
        if (part.EndsWith("gone", StringComparison.Ordinal)) return -1;
        string[] cell = part[(part.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(", ");
        return (10 * int.Parse(cell[0], CultureInfo.InvariantCulture)) + int.Parse(cell[1], CultureInfo.InvariantCulture);
    })];
}
