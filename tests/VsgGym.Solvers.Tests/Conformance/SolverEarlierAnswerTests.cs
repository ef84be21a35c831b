using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Every solver of the catalog refuses an earlier answer that does not fit its game, says what does not, and is then as it was.</summary>
public sealed class SolverEarlierAnswerTests
{
    private const int Steps = 3;

    public static TheoryData<string, string> All() => SolverCase.All();

    [Theory]
    [MemberData(nameof(All))]
    public void PoliciesOfAnotherGame_AreRefused(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Small();
        var shape = OtherShape.Of(game);
        int states = shape.States, times = game.Horizon ?? 1;
        var actions = shape.ActionCounts;
        string players = "start.policies", first = $"start.policies.{game.Players[0]}";
        List<(string Path, PolicyProfile Policies)> others =
        [
            (players, (shape with { ActionCounts = actions.Add(2) }).Play()),
            (players, (shape with { ActionCounts = [] }).Play()),
            (first, (shape with { ActionCounts = actions.SetItem(0, actions[0] - 1) }).Play()),
            (first, (shape with { ActionCounts = actions.SetItem(0, actions[0] + 1) }).Play()),
            (first, (shape with { States = states + 1 }).Play()),
            (first, (shape with { Horizon = times + 1 }).Play(times + 1)),
        ];
        if (actions.Length > 1) others.Add((players, (shape with { ActionCounts = [actions[0]] }).Play()));
        if (states > 1) others.Add((first, (shape with { States = states - 1 }).Play()));
        if (times > 2) others.Add((first, (shape with { Horizon = times - 1 }).Play(times - 1)));
        if (game.HasIllegalActions) others.Add((first, shape.Play()));
        Refuses(solver, game, others.Select(other => (other.Path, new Solution { Policies = other.Policies })));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ValuesOfAnotherGame_AreRefused(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Small();
        int states = game.StateCount, times = (game.Horizon ?? 1) + 1;
        string all = "start.values", first = $"start.values.{game.Players[0]}";
        List<(string Path, ImmutableArray<ShapedArray> Values)> others =
        [
            (all, Each(game.Players.Length + 1, _ => [states])),
            (first, Each(game.Players.Length, _ => [states + 1])),
            (first, Each(game.Players.Length, _ => [states - 1])),
            (first, Each(game.Players.Length, _ => [0])),
            (first, Each(game.Players.Length, _ => [])),
            (first, Each(game.Players.Length, _ => [times - 1, states])),
            (first, Each(game.Players.Length, _ => [times + 1, states])),
            (first, Each(game.Players.Length, _ => [times, states, 1])),
            ($"{first}[0]", Each(game.Players.Length, _ => [states], double.NaN)),
            ($"{first}[0]", Each(game.Players.Length, _ => [states], double.PositiveInfinity)),
        ];
        if (game.Players.Length > 1) others.Add((all, Each(1, _ => [states])));
        Refuses(solver, game, others.Select(other => (other.Path, new Solution { Policies = PolicyProfile.Uniform(game), Values = other.Values })));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void OpponentModelsOfAnotherGame_AreRefused(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Small();
        int players = game.Players.Length, states = game.StateCount, times = game.Horizon ?? 1;
        string all = "start.opponent_models", first = $"start.opponent_models.{game.Players[0]}";
        ImmutableArray<int> Others(int p) => game.ActionCounts.RemoveAt(p);
        (string Path, ImmutableArray<ShapedArray> Models)[] others =
        [
            (all, Each(players + 1, _ => [states, 2])),
            (first, Each(players, p => [states + 1, .. Others(p)])),
            (first, Each(players, p => [states, .. Others(p), 2])),
            (first, Each(players, _ => [0])),
            (first, Each(players, _ => [])),
            (first, Each(players, p => [times + 1, states, .. Others(p)])),
            ($"{first}[0]", Each(players, p => [states, .. Others(p)], 0)),
            ($"{first}[0]", Each(players, p => [states, .. Others(p)], -1)),
            ($"{first}[0]", Each(players, p => [states, .. Others(p)], double.NaN)),
        ];
        Refuses(solver, game, others.Select(other => (other.Path, new Solution { Policies = PolicyProfile.Uniform(game), OpponentModels = other.Models })));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void FaultsOfAllParts_AreToldAtOnce(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Small();
        var answer = new Solution { Policies = (OtherShape.Of(game) with { States = game.StateCount + 1 }).Play(), Values = Each(game.Players.Length, _ => [0]), OpponentModels = Each(game.Players.Length, _ => [0]) };
        var error = Assert.Throws<VsgGymException>(() => Warm(solver.Create(game)).Start(answer));
        Assert.Equal(3 * game.Players.Length, error.Faults.Count);
    }

    /// <summary>Arrays that the method does not know, or of another method's shape or numbers, are left alone or refused by name; the rest may be stationary or over the times.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void WhatFitsInPart_IsTakenOrRefusedByName(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Small();
        var own = Advance(solver.Create(game)).ReadSolution();
        var stationary = new Solution { Policies = PolicyProfile.Uniform(game), Values = Each(game.Players.Length, _ => [game.StateCount], 1), OpponentModels = default };
        Solution[] answers =
        [
            stationary,
            stationary with { Values = default },
            own with { Arrays = own.Arrays.Clear().Add("none of the method's", new ShapedArray([double.NaN], 1)) },
            .. own.Arrays.Keys.Select(name => own with { Arrays = own.Arrays.SetItem(name, new ShapedArray([1, 2], 1, 2)) }),
            .. own.Arrays.Keys.Select(name => own with { Arrays = own.Arrays.SetItem(name, new ShapedArray([], 0)) }),
            .. own.Arrays.SelectMany(pair => (double[])[-1, 0, double.NaN], (pair, number) => own with { Arrays = own.Arrays.SetItem(pair.Key, new ShapedArray([.. pair.Value.Data.Select(_ => number)], pair.Value.Shape)) }),
        ];
        foreach (var answer in answers)
        {
            var algorithm = solver.Create(game);
            try
            {
                Warm(algorithm).Start(answer);
            }
            catch (VsgGymException error)
            {
                Assert.All(error.Faults, fault => Assert.True(fault.Path == "..." || fault.Path.StartsWith("start.arrays.", StringComparison.Ordinal), fault.Path));
                Assert.Equal(SoundAnswer.Bits(solver.Create(game).ReadSolution()), SoundAnswer.Bits(algorithm.ReadSolution()));
            }

            SoundAnswer.Check(game, Advance(algorithm).ReadSolution());
        }
    }

    // Every answer is refused at its path; after all of them the solver takes the same steps as one that saw none.
    private static void Refuses(SolverCase solver, ISolvableGame game, IEnumerable<(string Path, Solution Answer)> answers)
    {
        var algorithm = solver.Create(game);
        foreach (var (path, answer) in answers)
        {
            var error = Assert.Throws<VsgGymException>(() => Warm(algorithm).Start(answer));
            Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
            var fault = error.Faults[0];
            Assert.StartsWith(path, fault.Path, StringComparison.Ordinal);
            Assert.NotEmpty(fault.Value);
            Assert.Matches("must|is needed", fault.Rule);
            Assert.Contains(fault.Reason, (string[])["wrong_shape", "not_finite", "bad_sum", "illegal_action"]);
        }

        var fresh = Advance(solver.Create(game)).ReadSolution();
        Assert.Equal(SoundAnswer.Bits(fresh), SoundAnswer.Bits(Advance(algorithm).ReadSolution()));
    }

    private static IWarmStart Warm(IAlgorithm algorithm) => Assert.IsAssignableFrom<IWarmStart>(algorithm);

    private static IAlgorithm Advance(IAlgorithm algorithm)
    {
        for (int k = 0; k < Steps; k++) algorithm.Step(CancellationToken.None);
        return algorithm;
    }

    private static ImmutableArray<ShapedArray> Each(int players, Func<int, ImmutableArray<int>> shape, double number = 0)
    {
        ShapedArray Filled(ImmutableArray<int> extents) => new([.. Enumerable.Repeat(number, extents.Aggregate(1, (size, extent) => size * extent))], extents);
        return [.. Enumerable.Range(0, players).Select(p => Filled(shape(p)))];
    }
}
