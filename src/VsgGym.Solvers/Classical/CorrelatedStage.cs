using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The correlated equilibria of one state's game over its legal actions, as a linear program, with the memory to solve it.</summary>
/// <remarks>
/// Variables: sigma(a) of each legal joint action, and for the egalitarian objective the least value. Constraints: sum sigma = 1, and for
/// every player i and legal actions a_i, b_i: sum over a_-i of sigma(a) [Q_i(b_i, a_-i) - Q_i(a)] &lt;= 0. Every game has such a
/// point, as its Nash equilibria are some. Where several are equally good, the answer is one vertex of theirs, the same for the same bits.
/// Where rounding leaves the program without an answer, nobody may gain more than 1e-10, 1e-8 or 1e-6 of the payoffs' range instead of 0.
/// </remarks>
internal sealed class CorrelatedStage
{
    private const int CheckedActions = 1 << 14; // joint actions between two looks at a token
    private static readonly double[] Slacks = [0, 1e-10, 1e-8, 1e-6]; // of the payoffs' range

    private readonly StochasticGame _game;
    private readonly LinearProgram _program;
    private readonly int[] _joints; // the legal joint actions
    private readonly int[][] _legal, _ranks; // by player: the legal actions, and the place of each action among them
    private readonly int[] _counts; // of legal actions
    private readonly double[][] _marginals; // [N][A], of the libertarian objective
    private readonly double[] _values; // [N]
    private readonly double[] _answer; // [J]
    private int _jointCount;
    private int _incentives; // rows of the program, the first ones
    private CancellationToken _cancellation; // of the present solve

    public CorrelatedStage(StochasticGame game, CancellationToken cancellationToken = default)
    {
        _game = game;
        var (variables, constraints) = Shape(game);
        _program = new LinearProgram((int)variables, (int)constraints, cancellationToken);
        _joints = new int[game.JointActionCount];
        _legal = [.. game.ActionCounts.Select(actions => new int[actions])];
        _ranks = [.. game.ActionCounts.Select(actions => new int[actions])];
        _marginals = [.. game.ActionCounts.Select(actions => new double[actions])];
        (_counts, _values) = (new int[game.PlayerCount], new double[game.PlayerCount]);
        _answer = new double[game.JointActionCount];
    }

    /// <summary>The players' values of the last solve, [N].</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>What anybody might gain in the last solve, as a part of the payoffs' range: 0, or more where rounding left no point.</summary>
    public double Slack { get; private set; }

    /// <summary>The bytes of one stage.</summary>
    public static double EstimateBytes(StochasticGame game)
    {
        var (variables, constraints) = Shape(game);
        return LinearProgram.EstimateBytes(variables, constraints) + ((sizeof(int) + sizeof(double)) * (double)game.JointActionCount);
    }

    /// <summary>About how many operations one program takes.</summary>
    public static int Cost(StochasticGame game)
    {
        var (variables, constraints) = Shape(game);
        return SweepCost.OfProgram(variables, constraints);
    }

    /// <summary>Refuses games whose program has too many numbers.</summary>
    /// <returns>The game.</returns>
    /// <exception cref="VsgGymException">More than 2^26.</exception>
    public static StochasticGame Checked(StochasticGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        var (variables, constraints) = Shape(game);
        if ((constraints + 1) * (variables + constraints + 2) > 1 << 26)
            throw VsgGymException.OverLimit("solver", $"{constraints} x {variables}", $"the linear program of one state must not have more than {1 << 26} numbers; here {constraints} constraints stand against {variables} variables", "game_too_large");
        return game;
    }

    /// <summary>Plays all legal joint actions of a state alike.</summary>
    /// <param name="game">Whose.</param>
    /// <param name="state">Whose legal actions count.</param>
    /// <param name="joint">[J], overwritten.</param>
    /// <param name="cancellationToken">Checked between thousands of joint actions.</param>
    public static void FillUniform(StochasticGame game, int state, Span<double> joint, CancellationToken cancellationToken)
    {
        int legal = 0;
        for (int a = 0; a < joint.Length; a++)
        {
            if (a % CheckedActions == 0) cancellationToken.ThrowIfCancellationRequested();
            legal += game.IsLegalJoint(state, a) ? 1 : 0;
        }

        for (int a = 0; a < joint.Length; a++)
        {
            if (a % CheckedActions == 0) cancellationToken.ThrowIfCancellationRequested();
            joint[a] = game.IsLegalJoint(state, a) ? 1.0 / legal : 0;
        }
    }

    /// <summary>Solves the game of a state.</summary>
    /// <param name="state">Whose legal actions count.</param>
    /// <param name="payoffs">Q, [N * J], player by player.</param>
    /// <param name="objective">Which equilibrium.</param>
    /// <param name="joint">[J], overwritten at the end by what is played; illegal joint actions get 0.</param>
    /// <param name="cancellationToken">Checked while the program is written and solved.</param>
    /// <returns>False, with the rest left alone, where the payoffs leave the range of numbers.</returns>
    /// <exception cref="VsgGymException">Rounding left the linear program without an answer.</exception>
    public bool Solve(int state, ReadOnlySpan<double> payoffs, CorrelatedObjective objective, Span<double> joint, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        FindLegal(state);
        if (!Range(payoffs, out double least, out double range)) return false;
        bool egalitarian = objective == CorrelatedObjective.Egalitarian;
        Constrain(payoffs, egalitarian, least, range);
        Array.Clear(_answer);
        if (egalitarian || objective == CorrelatedObjective.Utilitarian)
        {
            if (!egalitarian) for (int p = 0; p < _counts.Length; p++) AddToObjective(p, payoffs, least, range);
            Maximize(state, payoffs);
            Read();
        }
        else if (objective == CorrelatedObjective.Republican) SolveRepublican(state, payoffs, least, range);
        else SolveLibertarian(state, payoffs, least, range);

        for (int p = 0; p < _values.Length; p++) _values[p] = Dot(_answer, payoffs.Slice(p * joint.Length, joint.Length));
        _answer.CopyTo(joint);
        return true;
    }

    private static (double Variables, double Constraints) Shape(StochasticGame game) =>
        (game.JointActionCount + 1.0, game.ActionCounts.Sum(actions => actions * (actions - 1.0)) + 1 + game.PlayerCount);

    // One program for each player; the best is taken, of equals the first.
    private void SolveRepublican(int state, ReadOnlySpan<double> payoffs, double least, double range)
    {
        double best = double.NegativeInfinity;
        for (int p = 0; p < _counts.Length; p++)
        {
            _program.Objective.Clear();
            AddToObjective(p, payoffs, least, range);
            Maximize(state, payoffs);
            if (_program.Value <= best + 1e-12) continue; // in units of the range, so that rounding does not decide among equals
            best = _program.Value;
            Read();
        }
    }

    // Each player plays its own part of its own best equilibrium; what is played is the product.
    private void SolveLibertarian(int state, ReadOnlySpan<double> payoffs, double least, double range)
    {
        for (int p = 0; p < _counts.Length; p++)
        {
            _program.Objective.Clear();
            AddToObjective(p, payoffs, least, range);
            Maximize(state, payoffs);
            Read();
            Array.Clear(_marginals[p]);
            for (int k = 0; k < _jointCount; k++) _marginals[p][_game.ActionOf(p, _joints[k])] += _answer[_joints[k]];
        }

        for (int k = 0; k < _jointCount; k++)
        {
            double product = 1;
            for (int p = 0; p < _counts.Length; p++) product *= _marginals[p][_game.ActionOf(p, _joints[k])];
            _answer[_joints[k]] = product;
        }
    }

    private void FindLegal(int state)
    {
        for (int p = 0; p < _counts.Length; p++)
        {
            _counts[p] = 0;
            for (int a = 0; a < _game.ActionCounts[p]; a++)
            {
                _ranks[p][a] = _counts[p];
                if (_game.IsLegal(p, state, a)) _legal[p][_counts[p]++] = a;
            }
        }

        _jointCount = 0;
        for (int a = 0; a < _game.JointActionCount; a++)
        {
            if (a % CheckedActions == 0) _cancellation.ThrowIfCancellationRequested();
            if (_game.IsLegalJoint(state, a)) _joints[_jointCount++] = a;
        }
    }

    private bool Range(ReadOnlySpan<double> payoffs, out double least, out double range)
    {
        (least, double largest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int p = 0; p < _counts.Length; p++)
        {
            _cancellation.ThrowIfCancellationRequested();
            for (int k = 0; k < _jointCount; k++)
            {
                double payoff = payoffs[(p * _game.JointActionCount) + _joints[k]];
                (least, largest) = (Math.Min(least, payoff), Math.Max(largest, payoff));
            }
        }

        range = largest - least;
        bool isFinite = double.IsFinite(range);
        if (range == 0) range = 1;
        return isFinite;
    }

    private void Constrain(ReadOnlySpan<double> payoffs, bool egalitarian, double least, double range)
    {
        int players = _counts.Length, rows = 1, row = 0;
        foreach (int count in _counts) rows += count * (count - 1);
        _program.Reset(_jointCount + (egalitarian ? 1 : 0), rows + (egalitarian ? players : 0), _cancellation);
        for (int p = 0; p < players; p++)
        {
            var own = payoffs.Slice(p * _game.JointActionCount, _game.JointActionCount);
            for (int k = 0; k < _jointCount; k++)
            {
                if (k % CheckedActions == 0) _cancellation.ThrowIfCancellationRequested();
                int joint = _joints[k], action = _game.ActionOf(p, joint), first = row + (_ranks[p][action] * (_counts[p] - 1)), rest = joint - (action * _game.Strides[p]);
                for (int b = 0, at = first; b < _counts[p]; b++)
                    if (_legal[p][b] != action) _program.Row(at++)[k] = (own[rest + (_legal[p][b] * _game.Strides[p])] - own[joint]) / range;
            }

            row += _counts[p] * (_counts[p] - 1);
        }

        _incentives = row;
        _program.Row(row)[.._jointCount].Fill(1);
        _program.SetRightSide(row, ConstraintKind.Equal, 1);
        if (!egalitarian) return;
        _program.Free(_jointCount);
        _program.Objective[_jointCount] = 1;
        for (int p = 0; p < players; p++) // z - sum sigma Q_i <= 0
        {
            _cancellation.ThrowIfCancellationRequested();
            var left = _program.Row(row + 1 + p);
            for (int k = 0; k < _jointCount; k++) left[k] = -(payoffs[(p * _game.JointActionCount) + _joints[k]] - least) / range;
            left[_jointCount] = 1;
        }
    }

    private void AddToObjective(int player, ReadOnlySpan<double> payoffs, double least, double range)
    {
        _cancellation.ThrowIfCancellationRequested();
        var objective = _program.Objective;
        for (int k = 0; k < _jointCount; k++) objective[k] += (payoffs[(player * _game.JointActionCount) + _joints[k]] - least) / range;
    }

    private void Maximize(int state, ReadOnlySpan<double> payoffs)
    {
        var status = LinearProgramStatus.Stopped;
        Slack = 0;
        for (int attempt = 0; attempt < Slacks.Length && status != LinearProgramStatus.Optimal; attempt++)
        {
            if (attempt > 0) Loosen(Slack = Slacks[attempt]);
            status = _program.Maximize(_cancellation);
            if (attempt > 0) Loosen(0);
        }

        if (status != LinearProgramStatus.Optimal) throw StageFault.Of($"the linear program of the correlated equilibria ended as {status}", state, payoffs);
    }

    private void Loosen(double slack)
    {
        for (int row = 0; row < _incentives; row++) _program.SetRightSide(row, ConstraintKind.AtMost, slack);
    }

    private void Read()
    {
        var solution = _program.Solution;
        double sum = 0;
        for (int k = 0; k < _jointCount; k++) sum += solution[k];
        for (int k = 0; k < _jointCount; k++) _answer[_joints[k]] = solution[k] / sum;
    }

    private static double Dot(ReadOnlySpan<double> joint, ReadOnlySpan<double> payoffs)
    {
        double sum = 0;
        for (int a = 0; a < joint.Length; a++) sum += joint[a] * payoffs[a];
        return sum;
    }
}
