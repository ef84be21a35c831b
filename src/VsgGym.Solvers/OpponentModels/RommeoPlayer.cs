using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>What one player knows: its Q table, its prior about the opponents, its opponent model and the policy it plays.</summary>
internal sealed class RommeoPlayer
{
    private readonly RhoMode _mode;
    private readonly int _stride;
    private readonly double[] _q; // [S, O, A]
    private readonly double[] _prior; // [S, O]
    private readonly double[] _rho; // [S, O]
    private readonly double[] _policy; // [S, A]
    private readonly long[] _counts; // [S, O], how often each joint action of the opponents was seen
    private readonly double[] _scratch; // [A]
    private readonly double[] _logits; // [O]

    public RommeoPlayer(StochasticGame game, int player, RhoMode mode, ref RandomStream random, CancellationToken cancellationToken)
    {
        _mode = mode;
        _stride = game.Strides[player];
        Actions = game.ActionCounts[player];
        Opponents = game.JointActionCount / Actions;
        int states = game.StateCount;
        _q = new double[states * Opponents * Actions];
        _prior = new double[states * Opponents];
        _rho = new double[states * Opponents];
        _policy = new double[states * Actions];
        _counts = new long[states * Opponents];
        (_scratch, _logits) = (new double[Actions], new double[Opponents]);
        for (int s = 0; s < states; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Start(game, player, s, ref random);
        }
    }

    /// <summary>Number of own actions A.</summary>
    public int Actions { get; }

    /// <summary>Number of joint actions of the opponents O, 1 where there are none.</summary>
    public int Opponents { get; }

    public ReadOnlySpan<double> Policy(int state) => _policy.AsSpan(state * Actions, Actions);

    public double[] CopyPolicy() => (double[])_policy.Clone();

    public double[] CopyModel() => (double[])_rho.Clone();

    /// <summary>Recomputes opponent model and marginal policy of a state from Q and prior.</summary>
    public void Refresh(int state, double temperature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var q = Q(state);
        var prior = _prior.AsSpan(state * Opponents, Opponents);
        var rho = _rho.AsSpan(state * Opponents, Opponents);
        if (_mode == RhoMode.Empirical) prior.CopyTo(rho);
        else RommeoKernels.OpponentModel(q, prior, temperature, _scratch, rho);
        cancellationToken.ThrowIfCancellationRequested();
        RommeoKernels.MarginalPolicy(q, rho, temperature, _scratch, _policy.AsSpan(state * Actions, Actions));
    }

    /// <summary>The soft value of a state, rommeo Eq. (9), or what replaces it where the prior is the model.</summary>
    public double Value(int state, double temperature)
    {
        var q = Q(state);
        var prior = _prior.AsSpan(state * Opponents, Opponents);
        return _mode == RhoMode.Empirical
            ? RommeoKernels.ValueUnderPrior(q, prior, temperature, _scratch)
            : RommeoKernels.Value(q, prior, temperature, _scratch, _logits);
    }

    /// <summary>Makes the prior the empirical distribution of what the replay holds for a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="seen">The joint action that came in.</param>
    /// <param name="forgotten">The joint action that left the window, or -1.</param>
    /// <param name="held">How many the replay now holds for the state.</param>
    public void Observe(int state, int seen, int forgotten, long held)
    {
        var counts = _counts.AsSpan(state * Opponents, Opponents);
        counts[OpponentsOf(seen)]++;
        if (forgotten >= 0) counts[OpponentsOf(forgotten)]--;
        var prior = _prior.AsSpan(state * Opponents, Opponents);
        for (int o = 0; o < counts.Length; o++) prior[o] = counts[o] / (double)held;
    }

    /// <summary>Moves Q(s, a) toward a target.</summary>
    /// <returns>The change, not finite where the new value would not be; Q then stays.</returns>
    public double Learn(int state, int jointAction, double target, double learningRate)
    {
        ref double q = ref _q[(((state * Opponents) + OpponentsOf(jointAction)) * Actions) + (jointAction / _stride % Actions)];
        double change = learningRate * (target - q);
        if (double.IsFinite(q + change)) q += change;
        else return double.NaN;
        return change;
    }

    /// <summary>Takes over an earlier answer: Q(s, a) = r + gamma P V, the policy, and the model, where there is none the others' policies.</summary>
    public void Start(StochasticGame game, int player, Solution earlier, CancellationToken cancellationToken)
    {
        var values = EarlierAnswer.FirstValues(game, earlier, player, cancellationToken);
        double[][] policies = BackwardInduction.At(earlier.Policies, 0);
        double[] payoffs = new double[game.JointActionCount], weights = new double[game.JointActionCount];
        bool hasModel = !earlier.OpponentModels.IsDefaultOrEmpty && earlier.OpponentModels[player].Data.Length == _rho.Length;
        for (int s = 0; s < game.StateCount; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Continuation.Fill(game, player, s, values, payoffs);
            JointWeights.Fill(game, player, s, policies, weights);
            for (int joint = 0; joint < payoffs.Length; joint++)
            {
                int at = (s * Opponents) + OpponentsOf(joint), action = joint / _stride % Actions;
                if (game.IsLegal(player, s, action)) _q[(at * Actions) + action] = payoffs[joint];
                _prior[at] = weights[joint];
                _rho[at] = hasModel ? earlier.OpponentModels[player].Data[at] : weights[joint];
            }
        }

        policies[player].CopyTo(_policy.AsSpan());
    }

    private int OpponentsOf(int jointAction) => (jointAction / (_stride * Actions) * _stride) + (jointAction % _stride);

    private ReadOnlySpan<double> Q(int state) => _q.AsSpan(state * Opponents * Actions, Opponents * Actions);

    // Q ~ U[0, 1); policy, model and prior ~ Dirichlet(1, ..., 1) over what is legal.
    private void Start(StochasticGame game, int player, int state, ref RandomStream random)
    {
        var q = _q.AsSpan(state * Opponents * Actions, Opponents * Actions);
        for (int k = 0; k < q.Length; k++)
        {
            double draw = random.NextDouble();
            q[k] = game.IsLegal(player, state, k % Actions) ? draw : double.NegativeInfinity;
        }

        var legal = new bool[Opponents];
        for (int joint = 0; joint < game.JointActionCount; joint++)
            if (game.IsLegalJoint(state, joint)) legal[OpponentsOf(joint)] = true;
        Dirichlet(_rho.AsSpan(state * Opponents, Opponents), legal, ref random);
        Dirichlet(_prior.AsSpan(state * Opponents, Opponents), legal, ref random);
        Dirichlet(_policy.AsSpan(state * Actions, Actions), game.LegalActions(player, state), ref random);
    }

    private static void Dirichlet(Span<double> probabilities, ReadOnlySpan<bool> legal, ref RandomStream random)
    {
        int count = legal.IsEmpty ? probabilities.Length : legal.Count(true);
        var drawn = new double[count];
        random.NextSimplex(drawn);
        for (int k = 0, next = 0; k < probabilities.Length; k++)
            probabilities[k] = legal.IsEmpty || legal[k] ? drawn[next++] : 0;
    }
}
