using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A game of box actions; with its actions restricted to a grid it becomes a table, and is then played as one.</summary>
/// <remarks>
/// Its states move by themselves: no action changes the chances of the next state. As a table it shows its seats what the option `observation`
/// says, the features being what the box game shows.
/// </remarks>
public abstract class BoxGame : Game
{
    private readonly Lazy<StochasticGame?> _table;

    /// <summary>Defers the building of the table to its first use.</summary>
    protected BoxGame() => _table = new Lazy<StochasticGame?>(() => Grid is { } grid ? Build(grid) : null);

    /// <inheritdoc/>
    public sealed override StochasticGame? Table => _table.Value;

    /// <summary>The seats' names, [N].</summary>
    private protected abstract ImmutableArray<string> Players { get; }

    /// <summary>Number of decisions T.</summary>
    private protected abstract int Horizon { get; }

    /// <summary>The points of every seat's actions, or null where the actions are boxes.</summary>
    private protected abstract ActionGrid? Grid { get; }

    /// <summary>What the seats of the table see; absent: the number of the state.</summary>
    private protected abstract ObservationForm? Observation { get; }

    /// <summary>A label per number of what the box game shows, [F].</summary>
    private protected abstract ImmutableArray<string> FeatureLabels { get; }

    /// <summary>A name per state of the table, [S].</summary>
    private protected virtual ImmutableArray<string> StateLabels => ["0"];

    /// <inheritdoc/>
    public sealed override Core.Environment CreateEnvironment() => Table is { } table ? new TabularEnvironment(table, Vectors(table)) : CreateSimulator();

    /// <summary>Adds a fault where the seats are to see a state that only a table has.</summary>
    /// <param name="form">The option observation.</param>
    /// <param name="discretize">The option discretize.</param>
    /// <param name="path">The path of the options.</param>
    /// <param name="faults">Gets the fault.</param>
    internal static void CheckObservation(ObservationForm? form, int? discretize, string path, FaultList faults)
    {
        if (discretize is null && form is ObservationForm.Index or ObservationForm.OneHot)
            faults.Add($"{path}.observation", form == ObservationForm.Index ? "index" : "one_hot", $"without {path}.discretize the states have no numbers and the seats see the features", "conflict");
    }

    /// <summary>A simulator of box actions.</summary>
    private protected abstract Core.Environment CreateSimulator();

    /// <summary>The expected rewards of a state and a joint action.</summary>
    /// <param name="state">In [0, S).</param>
    /// <param name="points">[N], each seat's point.</param>
    /// <param name="rewards">[N]; overwritten.</param>
    private protected abstract void Rewards(int state, ImmutableArray<double>[] points, Span<double> rewards);

    /// <summary>Writes what the box game shows in a state of the table, into zeros.</summary>
    /// <param name="state">In [0, S).</param>
    /// <param name="features">[F].</param>
    private protected abstract void WriteFeatures(int state, Span<float> features);

    /// <summary>The chance of each first state, [S].</summary>
    private protected virtual double[] Initial() => [1.0];

    /// <summary>The next states and their chances.</summary>
    private protected virtual IEnumerable<(int Next, double Probability)> Successors(int state) => [(state, 1.0)];

    /// <summary>A seat's last action as numbers, of a world of boxes or of the table.</summary>
    private protected ImmutableArray<double> Played(in World world, int player)
    {
        if (Grid is { } grid) return grid[world.DiscreteAction(player)];
        var values = ImmutableArray.CreateBuilder<double>();
        foreach (float value in world.BoxAction(player)) values.Add(value);
        return values.ToImmutable();
    }

    private StateVectors? Vectors(StochasticGame table) => Observation switch
    {
        ObservationForm.OneHot => StateVectors.OneHot(table),
        ObservationForm.Features => StateVectors.Of(table.StateCount, FeatureLabels, WriteFeatures),
        _ => null,
    };

    private StochasticGame Build(ActionGrid grid)
    {
        int players = Players.Length, states = StateLabels.Length;
        var builder = new StochasticGameBuilder(Players, states, [.. Enumerable.Repeat(grid.Count, players)]);
        for (int p = 0; p < players; p++) builder.WithActionLabels(p, grid.Labels);
        if (states > 1) builder.WithStateLabels(StateLabels);
        var points = new ImmutableArray<double>[players];
        double[] rewards = new double[players];
        for (int state = 0; state < states; state++)
        {
            (int Next, double Probability)[] successors = Horizon > 1 ? [.. Successors(state)] : [];
            for (int joint = 0; joint < builder.JointActionCount; joint++)
            {
                for (int p = players - 1, rest = joint; p >= 0; p--, rest /= grid.Count) points[p] = grid[rest % grid.Count];
                Rewards(state, points, rewards);
                for (int p = 0; p < players; p++) builder.SetReward(p, state, joint, rewards[p]);
                foreach (var (next, probability) in successors) builder.AddTransition(state, joint, next, probability);
            }
        }

        return builder.WithInitial(Initial()).BuildFiniteHorizon(Horizon);
    }
}
