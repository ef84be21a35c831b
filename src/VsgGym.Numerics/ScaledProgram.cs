namespace VsgGym.Numerics;

/// <summary>A linear program with rows, columns, objective and right sides scaled by powers of two, and its at-least rows negated.</summary>
internal sealed class ScaledProgram(int mostVariables, int mostConstraints)
{
    private const int Passes = 5;
    private const int CopiedAtOnce = 1 << 20; // numbers
    private const double EvenRatio = 1 << 20;
    private const double Rounding = 1e-12; // beside the largest number of its row, a smaller one tells nothing of the row's scale

    private readonly double[] _rows = GC.AllocateUninitializedArray<double>(checked(mostVariables * mostConstraints)); // [m, n], written by Load
    private readonly double[] _rightSides = new double[mostConstraints];
    private readonly double[] _costs = new double[mostVariables];
    private readonly double[] _rowScales = new double[mostConstraints]; // negative for at-least rows
    private readonly double[] _columnScales = new double[mostVariables];
    private readonly bool[] _equations = new bool[mostConstraints];
    private readonly bool[] _free = new bool[mostVariables];
    private double _rightScale, _costScale;
    private int _n;

    /// <summary>Whether the numbers of the rows are so near one another that scaling the rows is enough.</summary>
    public bool IsEven { get; private set; }

    public bool IsEquation(int row) => _equations[row];

    public bool IsFree(int variable) => _free[variable];

    /// <summary>Whether more than one inequality has the right side 0.</summary>
    public bool HasZeroes(int rows)
    {
        int zeroes = 0;
        for (int i = 0; i < rows; i++) zeroes += !_equations[i] && _rightSides[i] == 0 ? 1 : 0;
        return zeroes > 1;
    }

    public double Cost(int variable) => _costs[variable];

    public double RightSide(int row) => _rightSides[row];

    public ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * _n, _n);

    /// <summary>A variable in the program's units.</summary>
    public double Solution(int variable, double scaled) => scaled * _columnScales[variable] / _rightScale;

    /// <summary>A dual value in the program's units.</summary>
    public double Dual(int row, double scaled) => scaled * _rowScales[row] / _costScale;

    public void Load(ReadOnlySpan<double> objective, ReadOnlySpan<double> rows, ReadOnlySpan<double> rightSides, ReadOnlySpan<ConstraintKind> kinds, ReadOnlySpan<bool> free, bool scaleColumns, CancellationToken cancellationToken)
    {
        _n = objective.Length;
        int m = rightSides.Length;
        for (int start = 0; start < rows.Length; start += CopiedAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows[start..Math.Min(start + CopiedAtOnce, rows.Length)].CopyTo(_rows.AsSpan(start));
        }

        Equilibrate(m, scaleColumns, cancellationToken);
        for (int i = 0; i < m; i++)
        {
            if (kinds[i] == ConstraintKind.AtLeast) _rowScales[i] = -_rowScales[i];
            _equations[i] = kinds[i] == ConstraintKind.Equal;
            _rightSides[i] = rightSides[i] * _rowScales[i];
            cancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j < _n; j++) _rows[(i * _n) + j] *= _rowScales[i] * _columnScales[j];
        }

        for (int j = 0; j < _n; j++) (_costs[j], _free[j]) = (objective[j] * _columnScales[j], free[j]);
        _rightScale = Unit(Largest(_rightSides.AsSpan(0, m)));
        _costScale = Unit(Largest(_costs.AsSpan(0, _n)));
        for (int i = 0; i < m; i++) _rightSides[i] *= _rightScale;
        for (int j = 0; j < _n; j++) _costs[j] *= _costScale;
    }

    // Brings the geometric middle of each row and column near 1, and in the end the largest number of each row.
    private void Equilibrate(int m, bool scaleColumns, CancellationToken cancellationToken)
    {
        IsEven = AreNear(m, cancellationToken);
        _rowScales.AsSpan(0, m).Fill(1);
        _columnScales.AsSpan(0, _n).Fill(1);
        for (int pass = IsEven || !scaleColumns ? Passes - 1 : 0; pass < Passes; pass++)
        {
            for (int j = 0; j < _n && pass > 0 && pass < Passes - 1; j++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _columnScales[j] = Unit(Middle(0, m, j, j + 1) / _columnScales[j]);
            }

            for (int i = 0; i < m; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _rowScales[i] = Unit(Middle(i, i + 1, 0, _n, atTop: pass == Passes - 1) / _rowScales[i]);
            }
        }
    }

    private bool AreNear(int m, CancellationToken cancellationToken)
    {
        double largest = 0, least = double.PositiveInfinity;
        for (int i = 0; i < m; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (double number in Row(i))
            {
                double size = Math.Abs(number);
                largest = Math.Max(largest, size);
                if (size > 0) least = Math.Min(least, size);
            }
        }

        return largest <= EvenRatio * least;
    }

    // Of a row's or column's scaled numbers, without what is only rounding beside the largest.
    private double Middle(int firstRow, int endRow, int firstColumn, int endColumn, bool atTop = false)
    {
        double largest = 0, least = double.PositiveInfinity;
        for (int pass = 0; pass < 2; pass++)
            for (int i = firstRow; i < endRow; i++)
                for (int j = firstColumn; j < endColumn; j++)
                {
                    double size = Math.Abs(_rows[(i * _n) + j]) * _rowScales[i] * _columnScales[j];
                    if (pass == 0) largest = Math.Max(largest, size);
                    else if (size > Rounding * largest) least = Math.Min(least, size);
                }

        return largest == 0 ? 0 : atTop ? largest : Math.Sqrt(largest) * Math.Sqrt(least);
    }

    private static double Largest(ReadOnlySpan<double> numbers)
    {
        double largest = 0;
        foreach (double number in numbers) largest = Math.Max(largest, Math.Abs(number));
        return largest;
    }

    // The power of two that brings a number into [1, 2); 1 where there is nothing to scale.
    private static double Unit(double largest) => largest == 0 ? 1 : Math.ScaleB(1, -Math.Clamp(Math.ILogB(largest), -900, 900));
}
