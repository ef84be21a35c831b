using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The matrix game of one state over its legal actions, with the memory to solve it.</summary>
internal sealed class ZeroSumStage(StochasticGame game)
{
    private readonly MatrixGame _matrix = new(game.ActionCounts[0], game.ActionCounts[1]);
    private readonly double[] _payoffs = new double[game.JointActionCount];
    private readonly double[] _legalPayoffs = new double[game.JointActionCount];
    private readonly double[] _row = new double[game.ActionCounts[0]], _column = new double[game.ActionCounts[1]];
    private readonly int[] _rows = new int[game.ActionCounts[0]], _columns = new int[game.ActionCounts[1]];

    /// <summary>The bytes of one stage.</summary>
    public static double EstimateBytes(StochasticGame game) =>
        MatrixGame.EstimateBytes(game.ActionCounts[0], game.ActionCounts[1]) + (sizeof(double) * ((2.0 * game.JointActionCount) + (2.0 * (game.ActionCounts[0] + game.ActionCounts[1]))));

    /// <summary>val[r(s, a, b) + discount * sum P(s' | s, a, b) V(s')] and optimal strategies of both players.</summary>
    /// <param name="state">s.</param>
    /// <param name="nextValues">V of the row player, [S].</param>
    /// <param name="row">[A], overwritten; illegal actions get 0.</param>
    /// <param name="column">[B], overwritten.</param>
    /// <param name="cancellationToken">Checked while the matrix game is solved.</param>
    /// <returns>The value, or NaN, with both strategies left alone, where the payoffs leave the range of numbers.</returns>
    /// <exception cref="VsgGymException">Rounding left the matrix game without an answer.</exception>
    public double Solve(int state, ReadOnlySpan<double> nextValues, Span<double> row, Span<double> column, CancellationToken cancellationToken)
    {
        Continuation.Fill(game, 0, state, nextValues, _payoffs);
        int rows = Legal(0, state, _rows), columns = Legal(1, state, _columns), at = 0;
        double least = double.PositiveInfinity, largest = double.NegativeInfinity;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                double payoff = _legalPayoffs[at++] = _payoffs[(_rows[i] * game.ActionCounts[1]) + _columns[j]];
                (least, largest) = (Math.Min(least, payoff), Math.Max(largest, payoff));
            }

        if (!double.IsFinite(4 * (largest - least))) return double.NaN; // differences are added below
        double value = ValueOf(state, _legalPayoffs.AsSpan(0, at), _row.AsSpan(0, rows), _column.AsSpan(0, columns), cancellationToken);
        Spread(_row, _rows.AsSpan(0, rows), row);
        Spread(_column, _columns.AsSpan(0, columns), column);
        return value;
    }

    /// <summary>The least that the row player's strategy gets: min over b of sum over a of x(a) [r + discount * P V].</summary>
    public double Guarantee(int state, ReadOnlySpan<double> nextValues, ReadOnlySpan<double> row)
    {
        Continuation.Fill(game, 0, state, nextValues, _payoffs);
        int columns = Legal(1, state, _columns);
        double least = double.PositiveInfinity;
        for (int j = 0; j < columns; j++)
        {
            double sum = 0;
            for (int i = 0, at = _columns[j]; i < row.Length; i++, at += game.ActionCounts[1]) sum += row[i] * _payoffs[at];
            least = Math.Min(least, sum);
        }

        return least;
    }

    private double ValueOf(int state, ReadOnlySpan<double> payoffs, Span<double> row, Span<double> column, CancellationToken cancellationToken)
    {
        try
        {
            return _matrix.Solve(payoffs, row, column, cancellationToken);
        }
        catch (ArithmeticException error)
        {
            throw StageFault.Of(error.Message, state, payoffs);
        }
    }

    private static void Spread(ReadOnlySpan<double> from, ReadOnlySpan<int> places, Span<double> to)
    {
        to.Clear();
        for (int k = 0; k < places.Length; k++) to[places[k]] = from[k];
    }

    private int Legal(int player, int state, Span<int> legal)
    {
        int count = 0;
        for (int a = 0; a < game.ActionCounts[player]; a++)
            if (game.IsLegal(player, state, a)) legal[count++] = a;
        return count;
    }
}
