namespace VsgGym.Numerics;

/// <summary>Nash equilibria of two-player matrix games by support enumeration, without allocation after construction.</summary>
/// <remarks>
/// <para>For each k and each k rows I and k columns J, small k first and then lexicographically, the strategies on I and J that make all of J and all
/// of I worth the same are tried: with payoffs scaled to [1, 2], A(I, J) y = 1 and x'B(I, J) = 1. They are an equilibrium when they are not negative
/// and no row and no column does better. The bases at which the Lemke-Howson method may end are among them, so there is always one, in
/// degenerate games too, where x and y may vanish on a part of I and J; of a continuum some vertices are found.</para>
/// <para>The work grows as the number of pairs, <see cref="CountPairs"/>; for few actions only.</para>
/// </remarks>
public sealed class BimatrixGame
{
    private const double Same = 1e-9; // strategies that differ by less are one equilibrium
    private readonly double[] _first, _second; // scaled payoffs, [rows, columns]
    private readonly double[] _matrix, _x, _y; // of one pair
    private readonly int[] _i, _j; // the pair's rows and columns
    private int _rows, _columns;

    /// <summary>Allocates for the largest game.</summary>
    /// <param name="mostRows">At least 1.</param>
    /// <param name="mostColumns">At least 1.</param>
    public BimatrixGame(int mostRows, int mostColumns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostColumns, 1);
        int size = checked(mostRows * mostColumns), least = Math.Min(mostRows, mostColumns);
        (_first, _second, _matrix) = (new double[size], new double[size], new double[least * least]);
        (_x, _y, _i, _j) = (new double[least], new double[least], new int[least], new int[least]);
    }

    /// <summary>How many pairs of rows and columns there are to try: the sum over k of C(rows, k) C(columns, k).</summary>
    public static double CountPairs(int rows, int columns)
    {
        double count = 0, choices = 1;
        for (int k = 1; k <= Math.Min(rows, columns); k++)
        {
            choices *= (rows - k + 1.0) / k * ((columns - k + 1.0) / k);
            count += choices;
        }

        return count;
    }

    /// <summary>Finds the first equilibria.</summary>
    /// <param name="first">The row player's payoffs, [rows * columns], finite.</param>
    /// <param name="second">The column player's payoffs, [rows * columns], finite.</param>
    /// <param name="rows">Number of rows, at most those of the constructor.</param>
    /// <param name="columns">Number of columns, at most those of the constructor.</param>
    /// <param name="most">How many different equilibria are wanted, at least 1.</param>
    /// <param name="x">[most * rows], overwritten by the row player's strategies.</param>
    /// <param name="y">[most * columns], overwritten by the column player's strategies.</param>
    /// <param name="cancellationToken">Checked between pairs.</param>
    /// <returns>How many there are, at least 1 and at most <paramref name="most"/>.</returns>
    /// <exception cref="ArgumentException">A size does not fit, or a payoff is not finite.</exception>
    /// <exception cref="ArithmeticException">Rounding hid all equilibria.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public int Solve(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int rows, int columns, int most, Span<double> x, Span<double> y, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (first.Length != (long)rows * columns || second.Length != first.Length || first.Length == 0 || first.Length > _first.Length || Math.Min(rows, columns) > _i.Length)
            throw new ArgumentException($"payoffs: {first.Length} and {second.Length} numbers given, {rows} x {columns} needed.", nameof(first));
        if (x.Length != (long)most * rows || y.Length != (long)most * columns) throw new ArgumentException($"x, y: {x.Length} and {y.Length} numbers given, {most} x {rows} and {most} x {columns} needed.", nameof(x));
        (_rows, _columns) = (rows, columns);
        Scale(first, _first);
        Scale(second, _second);
        for (double tolerance = 1e-11; tolerance < 1e-5; tolerance *= 100)
            if (Enumerate(tolerance, most, x, y, cancellationToken) is > 0 and var found) return found;
        throw new ArithmeticException($"the equilibria of a {rows} x {columns} game are hidden");
    }

    private static void Scale(ReadOnlySpan<double> payoffs, Span<double> scaled)
    {
        double least = payoffs[0], largest = payoffs[0];
        foreach (double payoff in payoffs) (least, largest) = (Math.Min(least, payoff), Math.Max(largest, payoff));
        if (!double.IsFinite(largest - least)) throw new ArgumentException("payoffs: all must be finite, and their differences too.", nameof(payoffs));
        double range = largest > least ? largest - least : 1;
        for (int k = 0; k < payoffs.Length; k++) scaled[k] = 1 + ((payoffs[k] - least) / range);
    }

    private int Enumerate(double tolerance, int most, Span<double> x, Span<double> y, CancellationToken cancellationToken)
    {
        int found = 0;
        for (int k = 1; k <= Math.Min(_rows, _columns); k++)
        {
            First(_i.AsSpan(0, k));
            do
            {
                First(_j.AsSpan(0, k));
                do
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (!IsEquilibrium(k, tolerance)) continue;
                    Spread(_i.AsSpan(0, k), _x, x.Slice(found * _rows, _rows));
                    Spread(_j.AsSpan(0, k), _y, y.Slice(found * _columns, _columns));
                    if (IsNew(found, x, y)) found++;
                    if (found == most) return found;
                }
                while (Next(_j.AsSpan(0, k), _columns));
            }
            while (Next(_i.AsSpan(0, k), _rows));
        }

        return found;
    }

    private bool IsEquilibrium(int k, double tolerance)
    {
        var matrix = _matrix.AsSpan(0, k * k);
        Span<double> x = _x.AsSpan(0, k), y = _y.AsSpan(0, k);
        for (int a = 0; a < k; a++)
            for (int b = 0; b < k; b++) matrix[(a * k) + b] = _first[(_i[a] * _columns) + _j[b]];
        y.Fill(1);
        if (!LinearSystem.TrySolve(matrix, y, 1e-12) || !IsPositive(y, tolerance)) return false;
        for (int row = 0; row < _rows; row++)
        {
            double payoff = 0;
            for (int b = 0; b < k; b++) payoff += _first[(row * _columns) + _j[b]] * y[b];
            if (payoff > 1 + tolerance) return false;
        }

        for (int a = 0; a < k; a++)
            for (int b = 0; b < k; b++) matrix[(b * k) + a] = _second[(_i[a] * _columns) + _j[b]];
        x.Fill(1);
        if (!LinearSystem.TrySolve(matrix, x, 1e-12) || !IsPositive(x, tolerance)) return false;
        for (int column = 0; column < _columns; column++)
        {
            double payoff = 0;
            for (int a = 0; a < k; a++) payoff += _second[(_i[a] * _columns) + column] * x[a];
            if (payoff > 1 + tolerance) return false;
        }

        return true;
    }

    private static bool IsPositive(ReadOnlySpan<double> weights, double tolerance)
    {
        foreach (double weight in weights)
            if (!(weight >= -tolerance)) return false;
        return true;
    }

    private static void Spread(ReadOnlySpan<int> places, ReadOnlySpan<double> weights, Span<double> strategy)
    {
        strategy.Clear();
        double sum = 0;
        for (int k = 0; k < places.Length; k++) sum += Math.Max(weights[k], 0);
        for (int k = 0; k < places.Length; k++) strategy[places[k]] = Math.Max(weights[k], 0) / sum;
    }

    private bool IsNew(int found, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        for (int e = 0; e < found; e++)
        {
            double difference = 0;
            for (int a = 0; a < _rows; a++) difference = Math.Max(difference, Math.Abs(x[(e * _rows) + a] - x[(found * _rows) + a]));
            for (int b = 0; b < _columns; b++) difference = Math.Max(difference, Math.Abs(y[(e * _columns) + b] - y[(found * _columns) + b]));
            if (difference < Same) return false;
        }

        return true;
    }

    private static void First(Span<int> chosen)
    {
        for (int k = 0; k < chosen.Length; k++) chosen[k] = k;
    }

    private static bool Next(Span<int> chosen, int count)
    {
        int k = chosen.Length - 1;
        while (k >= 0 && chosen[k] == count - chosen.Length + k) k--;
        if (k < 0) return false;
        chosen[k]++;
        for (int next = k + 1; next < chosen.Length; next++) chosen[next] = chosen[next - 1] + 1;
        return true;
    }
}
