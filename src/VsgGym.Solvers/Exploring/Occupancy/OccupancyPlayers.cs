using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>All players' action values, policies and occupancies over the horizon, and one forward and backward pass over them; nothing is allocated after the start.</summary>
internal sealed class OccupancyPlayers
{
    private readonly StochasticGame _game;
    private readonly PlaceChain[] _chains;
    private readonly MeetingRewards _rewards;
    private readonly MeetingRewards _ends;
    private readonly double[] _weights; // mu, [N]
    private readonly double _inverseTemperature;
    private readonly ValueOperator _operator;
    private readonly int _horizon;
    private readonly double[][] _actionValues; // [N][T * X * A], minus infinity where illegal
    private readonly double[][] _policies; // [N][T * X * A]
    private readonly double[][] _occupancies; // [N][(T + 1) * X]
    private readonly double[][] _values; // [N][(T + 1) * X]
    private readonly double[][] _moves; // [N][X * A]: O pi of one time, weighted by mu
    private readonly double[][] _updates; // [N][X * A]

    public OccupancyPlayers(StochasticGame game, PlaceGame places, double[] weights, MgeFb.Options options, CancellationToken cancellationToken)
    {
        (_game, _chains, _weights, _horizon) = (game, places.Chains, weights, game.Horizon!.Value);
        (_inverseTemperature, _operator) = (options.InverseTemperature, options.ValueOperator);
        (_rewards, _ends) = (MeetingRewards.OfMoves(game, places, cancellationToken), MeetingRewards.OfEnds(game, places, cancellationToken));
        double[][] Tables(Func<PlaceChain, int> size) => [.. _chains.Select(chain => new double[size(chain)])];
        _actionValues = Tables(chain => _horizon * chain.Count * chain.Actions);
        _policies = Tables(chain => _horizon * chain.Count * chain.Actions);
        _occupancies = Tables(chain => (_horizon + 1) * chain.Count);
        _values = Tables(chain => (_horizon + 1) * chain.Count);
        (_moves, _updates) = (Tables(chain => chain.Count * chain.Actions), Tables(chain => chain.Count * chain.Actions));
        for (int p = 0; p < _chains.Length; p++)
        {
            var chain = _chains[p];
            for (int k = 0; k < _actionValues[p].Length; k++)
                if (!chain.IsLegal(k / chain.Actions % chain.Count, k % chain.Actions)) _actionValues[p][k] = double.NegativeInfinity; // else Q = 0
            for (int t = 0; t < _horizon; t++) Refresh(p, t);
            chain.Initial.CopyTo(_occupancies[p].AsSpan()); // O^0 = delta
        }
    }

    /// <summary>Takes a policy's averages over the joint states of each place, and the action values that answer them.</summary>
    public void Adopt(Solution earlier, CancellationToken cancellationToken)
    {
        for (int p = 0; p < _chains.Length; p++)
        {
            var chain = _chains[p];
            int width = chain.Actions, size = chain.Count * width;
            double share = (double)chain.Count / _game.StateCount;
            Array.Clear(_policies[p]);
            for (int t = 0; t < _horizon; t++)
                for (int s = 0; s < _game.StateCount; s++)
                    for (int a = 0; a < width; a++)
                        _policies[p][(t * size) + (chain.Places[s] * width) + a] += share * earlier.Policies[p].Row(earlier.Policies[p].Times == 1 ? 0 : t, s)[a];
        }

        Sweep(1, cancellationToken);
    }

    /// <summary>One forward and one backward pass.</summary>
    /// <param name="damping">The weight of the new action values.</param>
    /// <param name="cancellationToken">Checked between the times.</param>
    /// <returns>max |B - Q| before the move, NaN where a number is not finite.</returns>
    public double Sweep(double damping, CancellationToken cancellationToken)
    {
        Forward(cancellationToken);
        for (int p = 0; p < _chains.Length; p++) End(p); // V^T = R_F
        double residual = 0;
        for (int t = _horizon - 1; t >= 0; t--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int p = 0; p < _chains.Length; p++) Weigh(p, t);
            for (int p = 0; p < _chains.Length; p++)
            {
                Update(p, t);
                var own = _actionValues[p].AsSpan(t * _updates[p].Length, _updates[p].Length);
                double defect = BoltzmannKernels.Damp(_updates[p], damping, own);
                if (!double.IsFinite(defect)) return double.NaN;
                residual = Math.Max(residual, defect);
                Refresh(p, t);
            }
        }

        return residual;
    }

    /// <summary>The policies, values and occupancies, over the joint states.</summary>
    public Solution Answer()
    {
        Forward(CancellationToken.None);
        int states = _game.StateCount, players = _chains.Length;
        var answer = new Solution
        {
            Policies = new PolicyProfile(_game, [.. Enumerable.Range(0, players).Select(p => new TabularPolicy(OverStates(p, _policies[p], _chains[p].Actions, _horizon), _horizon, states, _chains[p].Actions))]),
            Values = [.. Enumerable.Range(0, players).Select(p => new ShapedArray(OverStates(p, _values[p], 1, _horizon + 1), _horizon + 1, states))],
        };
        var arrays = answer.Arrays.ToBuilder();
        for (int p = 0; p < players; p++)
        {
            arrays.Add($"occupancy.{_game.Players[p]}", new ShapedArray([.. _occupancies[p]], _horizon + 1, _chains[p].Count));
            arrays.Add($"places.{_game.Players[p]}", new ShapedArray([.. _chains[p].Places.Select(place => (double)place)], states));
        }

        return answer with { Arrays = arrays.ToImmutable() };
    }

    /// <summary>mge Theorem 3 of these rewards and weights.</summary>
    public Bound Theorem3()
    {
        double omega = 0, phi = 0, lipschitz = 0;
        for (int p = 0; p < _chains.Length; p++)
        {
            var (own, meeting) = _rewards.Norms(p, _weights);
            var (end, endMeeting) = _ends.Norms(p, _weights);
            omega = Math.Max(omega, Math.Max(own, end));
            lipschitz = Math.Max(lipschitz, Math.Max(meeting, endMeeting)); // mge footnote 7
            phi = lipschitz;
        }

        return ContractionBounds.Theorem3(_horizon, omega, phi, lipschitz, _inverseTemperature);
    }

    private void Forward(CancellationToken cancellationToken)
    {
        for (int t = 0; t < _horizon; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int p = 0; p < _chains.Length; p++)
            {
                int places = _chains[p].Count, size = places * _chains[p].Actions;
                _chains[p].Push(_occupancies[p].AsSpan(t * places, places), _policies[p].AsSpan(t * size, size), _occupancies[p].AsSpan((t + 1) * places, places)); // mge Eq. (12)
            }
        }
    }

    // mu_j O_j pi_j of one time, before any policy of that time moves
    private void Weigh(int player, int time)
    {
        var chain = _chains[player];
        int size = _moves[player].Length;
        for (int k = 0; k < size; k++)
            _moves[player][k] = _weights[player] * _occupancies[player][(time * chain.Count) + (k / chain.Actions)] * _policies[player][(time * size) + k];
    }

    private void End(int player)
    {
        int places = _chains[player].Count;
        var values = _values[player].AsSpan(_horizon * places, places);
        _ends.Own[player].CopyTo(values);
        for (int other = 0; other < _chains.Length; other++)
            if (_ends.Meetings[player, other] is { } meetings)
                AddProduct(meetings, _occupancies[other].AsSpan(_horizon * _chains[other].Count), _weights[other], values);
    }

    private void Update(int player, int time)
    {
        var chain = _chains[player];
        var updates = _updates[player].AsSpan();
        _rewards.Own[player].CopyTo(updates);
        for (int other = 0; other < _chains.Length; other++)
            if (_rewards.Meetings[player, other] is { } meetings) AddProduct(meetings, _moves[other], 1, updates); // Psi(O_-i)
        var next = _values[player].AsSpan((time + 1) * chain.Count, chain.Count);
        for (int k = 0; k < updates.Length; k++)
            foreach (var (to, probability) in chain.Moves(k / chain.Actions, k % chain.Actions)) updates[k] += probability * next[to]; // mge Eqs. (9), (11)
    }

    private static void AddProduct(double[] matrix, ReadOnlySpan<double> vector, double weight, Span<double> sums)
    {
        for (int row = 0, at = 0; row < sums.Length; row++)
        {
            double sum = 0;
            for (int k = 0; k < vector.Length; k++, at++) sum += matrix[at] * vector[k];
            sums[row] += weight * sum;
        }
    }

    private void Refresh(int player, int time)
    {
        var chain = _chains[player];
        int width = chain.Actions, first = time * chain.Count;
        for (int x = 0; x < chain.Count; x++)
        {
            var q = _actionValues[player].AsSpan((first + x) * width, width);
            var policy = _policies[player].AsSpan((first + x) * width, width);
            BoltzmannKernels.Policy(q, _inverseTemperature, policy);
            _values[player][first + x] = BoltzmannKernels.Value(_operator, q, policy, _inverseTemperature); // mge Eq. (10)
        }
    }

    private double[] OverStates(int player, double[] table, int width, int times)
    {
        var chain = _chains[player];
        int states = _game.StateCount;
        var over = new double[times * states * width];
        for (int t = 0; t < times; t++)
            for (int s = 0; s < states; s++)
                table.AsSpan(((t * chain.Count) + chain.Places[s]) * width, width).CopyTo(over.AsSpan(((t * states) + s) * width));
        return over;
    }
}
