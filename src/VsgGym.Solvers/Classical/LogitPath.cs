using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>A point that moves along a branch of the logit equations by prediction and correction; nothing is allocated after the start.</summary>
/// <remarks>
/// Notation: z = (x, lambda), F(z) = 0 the equations. The predictor goes along the tangent; the corrector is Newton's method in the plane across it.
/// Lengths are measured in log-probabilities and in lambda times the range of the rewards; values do not count, as the policies give them. The
/// tangents' orientation is kept, so a change of the sign of the determinant of (dF, tangent) tells that another branch was crossed, or that a step
/// jumped to one: only a short step is believed to have crossed.
/// </remarks>
internal sealed class LogitPath
{
    private const int CheckedRows = 1 << 14; // between two looks at a token
    private const double FirstStep = .1;
    private const double LeastStep = 1e-11;
    private const double FarthestCorrection = .1; // of a log-probability, by the first correction; farther, the curve bends too much for the step
    private const double WantedCorrection = .005;
    private const double SlowestContraction = .5;
    private const double LeastCosine = .9; // between the tangents at both ends of a step
    private const double SureStep = 1e-3; // too short to have jumped to another branch
    private const double Precision = 1e-10; // Newton's next correction would be its square
    private const int MostCorrections = 10;
    private readonly StochasticGame _game;
    private readonly LogitLayout _layout;
    private readonly LogitSystem _system;
    private readonly BorderedMatrix _matrix;
    private readonly double[] _vector; // [n + 1]
    private readonly double[] _scales; // [n + 1]: what a length counts, 0 for values
    private double[] _z; // [n + 1]
    private double[] _trial; // [n + 1]
    private double[] _tangent; // [n + 1]; all 0 at a start, where lambda is to grow
    private double[] _turned; // [n + 1]
    private int _sign;

    /// <summary>Starts nowhere; <see cref="Start"/> says where.</summary>
    public LogitPath(StochasticGame game, CancellationToken cancellationToken)
    {
        _game = game;
        _layout = new LogitLayout(game);
        _system = new LogitSystem(game, _layout);
        int size = _layout.Count + 1;
        _matrix = new BorderedMatrix(size);
        (_z, _trial, _tangent, _turned, _vector, _scales) = (new double[size], new double[size], new double[size], new double[size], new double[size], new double[size]);
        Array.Fill(_scales, 1);
        for (int t = 0; t < _layout.Times; t++)
            for (int s = 0; s < _layout.States; s++)
                for (int p = 0; p < game.PlayerCount; p++) _scales[_layout.Value(t, s, p)] = 0;
        _scales[^1] = RewardRange(game, cancellationToken);
    }

    /// <summary>lambda, at least 0 at the start.</summary>
    public double Lambda => _z[^1];

    /// <summary>The length of the next step.</summary>
    public double StepSize { get; private set; } = FirstStep;

    /// <summary>Whether no step is short enough any more.</summary>
    public bool IsStuck => StepSize < LeastStep;

    /// <summary>How often another branch was crossed.</summary>
    public int BranchPoints { get; private set; }

    /// <summary>The equations with policies and values of the present point.</summary>
    public LogitSystem Present
    {
        get
        {
            _system.Read(_z);
            return _system;
        }
    }

    /// <summary>The bytes of the tables.</summary>
    public static double EstimateBytes(StochasticGame game)
    {
        double size = LogitLayout.CountOf(game) + 1, tables = (game.Horizon ?? 1.0) * game.StateCount * game.ActionCounts.Sum(actions => actions + 1.0);
        return sizeof(double) * ((size * size) + (6 * size) + tables + (2.0 * game.JointActionCount));
    }

    /// <summary>Puts the point on a branch at or near policies.</summary>
    /// <param name="policies">What everyone plays.</param>
    /// <param name="lambda">Where on the branch.</param>
    /// <param name="farthest">The most that a log-probability may be off.</param>
    /// <param name="cancellationToken">Checked inside.</param>
    /// <returns>Whether there is an equilibrium that near.</returns>
    public bool Start(PolicyProfile policies, double lambda, double farthest, CancellationToken cancellationToken)
    {
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            double[] values = BestResponse.Evaluate(_game, policies, p, cancellationToken).Values.Data;
            for (int row = 0; row < _layout.Times * _layout.States; row++)
            {
                int t = row / _layout.States, s = row % _layout.States, start = _layout.Start(t, s, p);
                var probabilities = policies[p].Row(t, s);
                for (int a = 0; a < probabilities.Length; a++)
                    if (_layout.Place(s, p, a) is >= 0 and var place) _trial[start + place] = Math.Log(Math.Max(probabilities[a], double.Epsilon));
                _trial[_layout.Value(t, s, p)] = values[row];
            }
        }

        _trial[^1] = lambda;
        Array.Clear(_tangent);
        (_sign, BranchPoints, StepSize) = (0, 0, FirstStep);
        if (double.IsNaN(Correct(lambdaStays: true, farthest, cancellationToken)) || !Turn(0, cancellationToken)) return false;
        Accept();
        return true;
    }

    /// <summary>max |F| at the present policies and values for a lambda: their distance from equilibrium there.</summary>
    public double Defect(double lambda, CancellationToken cancellationToken)
    {
        _system.Read(_z);
        return _system.Fill(_z, lambda, _vector, null, cancellationToken);
    }

    /// <summary>Tries one step, not beyond a lambda; a step that goes wrong leaves the point where it is and halves the next.</summary>
    public void Advance(double target, CancellationToken cancellationToken)
    {
        double step = StepSize;
        bool landing = _tangent[^1] > 0 && Lambda + (step * _tangent[^1]) >= target;
        if (landing) step = (target - Lambda) / _tangent[^1];
        for (int k = 0; k < _z.Length; k++) _trial[k] = _z[k] + (step * _tangent[k]);
        if (landing) _trial[^1] = target;
        double first = Correct(landing, FarthestCorrection, cancellationToken);
        bool accepted = !double.IsNaN(first) && Turn(step, cancellationToken);
        if (accepted) Accept();
        if (!accepted) StepSize = step / 2;
        else if (!landing) StepSize *= Math.Clamp(Math.Sqrt(WantedCorrection / Math.Max(first, 1e-12)), .5, 2);
    }

    private static double RewardRange(StochasticGame game, CancellationToken cancellationToken)
    {
        double range = 0;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            double least = double.PositiveInfinity, most = double.NegativeInfinity;
            for (int row = 0; row < game.Rewards(p).Length; row++)
            {
                if (row % CheckedRows == 0) cancellationToken.ThrowIfCancellationRequested();
                if (!game.IsLegalJoint(row / game.JointActionCount, row % game.JointActionCount)) continue;
                (least, most) = (Math.Min(least, game.Rewards(p)[row]), Math.Max(most, game.Rewards(p)[row]));
            }

            range = Math.Max(range, most - least);
        }

        return range > 0 && double.IsFinite(range) ? range : 1;
    }

    private void Accept() => (_z, _trial, _tangent, _turned) = (_trial, _z, _turned, _tangent);

    // The matrix of F's derivatives at the trial point, F in the vector; the last row asks for what the step must keep.
    private void Linearize(double lambda, bool lambdaStays, CancellationToken cancellationToken)
    {
        _matrix.Clear();
        _system.Read(_trial);
        _system.Fill(_trial, lambda, _vector, _matrix, cancellationToken);
        var last = _matrix.Row(_matrix.Size - 1);
        if (lambdaStays) last[^1] = 1;
        else
            for (int k = 0; k < last.Length; k++) last[k] = _tangent[k] * _scales[k] * _scales[k];
    }

    // Newton's method from the trial point; returns the largest move of its first correction, NaN where it does not converge.
    private double Correct(bool lambdaStays, double farthest, CancellationToken cancellationToken)
    {
        double first = double.NaN, most = farthest, precision = Precision * (1 + (_trial[^1] * _scales[^1]));
        for (int k = 0; k < MostCorrections; k++)
        {
            Linearize(_trial[^1], lambdaStays, cancellationToken);
            _vector[^1] = 0;
            if (_matrix.Solve(_vector, cancellationToken) == 0) return double.NaN;
            double move = 0;
            for (int i = 0; i < _vector.Length; i++)
            {
                double part = Math.Abs(_vector[i] * _scales[i]);
                move = part > move || double.IsNaN(part) ? part : move;
                _trial[i] -= _vector[i];
            }

            if (!(move <= most)) return double.NaN;
            if (k == 0) first = move;
            if (move <= precision) return first;
            most = Math.Max(SlowestContraction * move, precision);
        }

        return double.NaN;
    }

    // The tangent at the trial point, of length 1 and in the last one's direction; false where it turns too far, or where the determinant's sign changes, which a
    // jump to another branch does too, unless the step was short.
    private bool Turn(double step, CancellationToken cancellationToken)
    {
        bool first = _sign == 0;
        Linearize(_trial[^1], first, cancellationToken);
        Array.Clear(_turned);
        _turned[^1] = 1;
        int sign = _matrix.Solve(_turned, cancellationToken);
        double square = 0;
        for (int k = 0; k < _turned.Length; k++) square += _turned[k] * _turned[k] * _scales[k] * _scales[k];
        double length = Math.Sqrt(square);
        if (sign == 0 || !double.IsFinite(length) || (!first && 1 / length < LeastCosine)) return false; // the old tangent times the raw new one is 1
        if (!first && sign != _sign && step > SureStep) return false;
        for (int k = 0; k < _turned.Length; k++) _turned[k] /= length;
        if (!first && sign != _sign) BranchPoints++;
        _sign = sign;
        return true;
    }
}
