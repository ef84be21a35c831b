using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>One player's tables of ROMMEO Q-iteration; a row is (time, state), with one time in a discounted game.</summary>
internal sealed class RommeoIterationPlayer
{
    private readonly StochasticGame _game;
    private readonly int _player;
    private readonly int _stride;
    private readonly double _temperature;
    private readonly double[] _payoffs; // [S, J], what Q is set to
    private readonly double[] _scratch; // [S, O + 2 A], of each state its own, so that states can be swept at once

    public RommeoIterationPlayer(StochasticGame game, int player, double temperature)
    {
        (_game, _player, _stride, _temperature) = (game, player, game.Strides[player], temperature);
        Actions = game.ActionCounts[player];
        Others = game.JointActionCount / Actions;
        int states = game.StateCount, rows = checked((game.Horizon ?? 1) * states);
        ActionValues = new double[checked(rows * game.JointActionCount)];
        (Prior, Model) = (new double[rows * Others], new double[rows * Others]);
        (Played, Assumed) = (new double[rows * Actions], new double[rows * Actions]);
        Values = new double[game.Horizon is null ? states : rows + states];
        if (game.Horizon is not null) game.TerminalRewards(player).CopyTo(Values.AsSpan(rows));
        (_payoffs, _scratch) = (new double[states * game.JointActionCount], new double[checked(states * (Others + (2 * Actions)))]);
        for (int k = 0; k < ActionValues.Length; k++)
            if (!game.IsLegal(player, k / game.JointActionCount % states, k % Actions)) ActionValues[k] = double.NegativeInfinity;
    }

    public int Actions { get; }

    public int Others { get; }

    /// <summary>Q, [rows, O, A], minus infinity where the own action is illegal.</summary>
    public double[] ActionValues { get; }

    /// <summary>P(o | s), [rows, O].</summary>
    public double[] Prior { get; }

    /// <summary>rho(o | s), [rows, O].</summary>
    public double[] Model { get; }

    /// <summary>What it plays, [rows, A].</summary>
    public double[] Played { get; }

    /// <summary>What the others' priors have for it, [rows, A].</summary>
    public double[] Assumed { get; }

    /// <summary>V, [S] or [(T + 1) S].</summary>
    public double[] Values { get; }

    public static long EstimateBytes(StochasticGame game)
    {
        double states = game.StateCount, rows = (game.Horizon ?? 1) * states, joint = game.JointActionCount;
        double own = game.ActionCounts.Sum(actions => (double)actions), others = game.ActionCounts.Sum(actions => joint / actions);
        double numbers = (game.PlayerCount * (((rows + states) * joint) + rows + states)) + (rows * ((2 * others) + (2 * own))) + (states * (others + (2 * own)));
        return (long)Math.Min(sizeof(double) * numbers, long.MaxValue / 2);
    }

    /// <summary>Moves Q of a row toward r + gamma P V.</summary>
    /// <returns>The largest distance before the move.</returns>
    public double Learn(int state, int row, ReadOnlySpan<double> later, double damping)
    {
        int joint = _game.JointActionCount;
        var payoffs = _payoffs.AsSpan(state * joint, joint);
        Continuation.Fill(_game, _player, state, later, payoffs);
        double defect = 0;
        for (int o = 0; o < Others; o++)
        {
            for (int a = 0; a < Actions; a++)
            {
                ref double q = ref ActionValues[(((row * Others) + o) * Actions) + a];
                if (double.IsNegativeInfinity(q)) continue;
                double distance = payoffs[ConditionalKernels.Joint(o, a, _stride, Actions)] - q;
                if (!double.IsFinite(distance)) return double.NaN;
                defect = Math.Max(defect, Math.Abs(distance));
                q += damping * distance; // rommeo Eq. (13)
            }
        }

        return defect;
    }

    /// <summary>Recomputes model and played policy of a row.</summary>
    /// <returns>The largest change of what is played.</returns>
    public double Refresh(int state, int row, CancellationToken cancellationToken)
    {
        var q = ActionValues.AsSpan(row * Others * Actions, Others * Actions);
        var model = Model.AsSpan(row * Others, Others);
        var scratch = Scratch(state);
        var played = Played.AsSpan(row * Actions, Actions);
        var next = scratch.Slice(Actions, Actions);
        cancellationToken.ThrowIfCancellationRequested();
        RommeoKernels.OpponentModel(q, Prior.AsSpan(row * Others, Others), _temperature, scratch[..Actions], model);
        cancellationToken.ThrowIfCancellationRequested();
        RommeoKernels.MarginalPolicy(q, model, _temperature, scratch[..Actions], next);
        double sum = 0, change = 0;
        foreach (double probability in next) sum += probability;
        for (int a = 0; a < next.Length; a++)
        {
            next[a] /= sum; // as a prior of three players or more, a sum off by rounding would grow
            change = Math.Max(change, Math.Abs(next[a] - played[a]));
            played[a] = next[a];
        }

        return change;
    }

    /// <summary>V of a row, rommeo Eq. (9).</summary>
    public double Value(int state, int row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var scratch = Scratch(state);
        return RommeoKernels.Value(ActionValues.AsSpan(row * Others * Actions, Others * Actions), Prior.AsSpan(row * Others, Others), _temperature, scratch[..Actions], scratch.Slice(2 * Actions, Others));
    }

    /// <summary>The prior of a row as the product of what is assumed of the others.</summary>
    public void RefreshPrior(RommeoIterationPlayer[] players, int row)
    {
        var prior = Prior.AsSpan(row * Others, Others);
        prior[0] = 1;
        int size = 1;
        for (int p = players.Length - 1; p >= 0; p--)
        {
            if (p == _player) continue;
            int actions = players[p].Actions;
            var assumed = players[p].Assumed.AsSpan(row * actions, actions);
            for (int a = actions - 1; a >= 0; a--) // block 0 holds the factors, so it is scaled last
                for (int k = 0; k < size; k++) prior[(a * size) + k] = assumed[a] * prior[k];
            size *= actions;
        }
    }

    /// <summary>The conditional policies, rommeo Eq. (10), in the order of the joint actions, [rows, J].</summary>
    public double[] ConditionalPolicies()
    {
        var ordered = new double[ActionValues.Length];
        var policy = new double[Actions];
        for (int k = 0; k < ordered.Length; k += Actions)
        {
            RommeoKernels.ConditionalPolicy(ActionValues.AsSpan(k, Actions), _temperature, policy);
            int row = k / _game.JointActionCount, o = k / Actions % Others;
            for (int a = 0; a < Actions; a++) ordered[(row * _game.JointActionCount) + ConditionalKernels.Joint(o, a, _stride, Actions)] = policy[a];
        }

        return ordered;
    }

    private Span<double> Scratch(int state) => _scratch.AsSpan(state * (Others + (2 * Actions)), Others + (2 * Actions));
}
