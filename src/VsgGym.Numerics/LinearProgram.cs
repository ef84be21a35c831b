namespace VsgGym.Numerics;

/// <summary>A small dense linear program: maximize c'x under constraints a'x (at most, equal, at least) b and x >= 0, or x free.</summary>
/// <remarks>
/// <para>Use: <see cref="Reset"/> to a shape, fill objective, rows and right sides, <see cref="Maximize"/>, read. Everything was allocated by the
/// constructor, so repeated solves allocate nothing.</para>
/// <para>Method: two-phase simplex on a dense tableau. Data are scaled by powers of two, which costs no bits; the entering variable
/// is the one of the largest reduced cost by Devex weights; where many right sides are 0 they are loosened a little at first; and after a run of steps
/// that gain nothing Bland's rule, under which no cycle is possible, until one gains; at the end the tableau is built again from the data and
/// the basis, so that the errors of the pivots do not add up. A program that stopped, whose tolerances had to grow, or whose numbers span so much
/// that rounding may have decided, is tried again with the right sides as they are, and with columns scaled too. Where rounding says that there is
/// no point, the tableau is built again before that is believed; where a basis is nearly singular, its right sides are mended by their residuals.
/// The same data give the same bits on every machine.</para>
/// <para>Weighed against: Google.OrTools, whose solvers are native libraries of many megabytes for each platform and which needs a later
/// Google.Protobuf than the generated code; the other numerical packages of the feed have no linear programs.</para>
/// </remarks>
public sealed class LinearProgram
{
    private const int TakenAtOnce = 1 << 20; // numbers, between two looks at a token

    private readonly double[] _objective; // [n]
    private readonly double[] _rows; // [m, n]
    private readonly double[] _rightSides; // [m]
    private readonly ConstraintKind[] _kinds; // [m]
    private readonly bool[] _free; // [n]
    private readonly double[] _solution; // [n]
    private readonly double[] _duals; // [m]
    private readonly SimplexMethod _method;

    /// <summary>Allocates for the largest shape.</summary>
    /// <param name="mostVariables">At least 1.</param>
    /// <param name="mostConstraints">At least 1.</param>
    /// <param name="cancellationToken">Checked every million numbers.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LinearProgram(int mostVariables, int mostConstraints, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostVariables, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostConstraints, 1);
        (MostVariables, MostConstraints) = (mostVariables, mostConstraints);
        (_objective, _free, _solution) = (new double[mostVariables], new bool[mostVariables], new double[mostVariables]);
        (_rightSides, _kinds, _duals) = (new double[mostConstraints], new ConstraintKind[mostConstraints], new double[mostConstraints]);
        _rows = GC.AllocateUninitializedArray<double>(checked(mostVariables * mostConstraints)); // cleared below, where it can be cancelled
        _method = new SimplexMethod(mostVariables, mostConstraints);
        Reset(mostVariables, mostConstraints, cancellationToken);
    }

    /// <summary>The most variables.</summary>
    public int MostVariables { get; }

    /// <summary>The most constraints.</summary>
    public int MostConstraints { get; }

    /// <summary>Number of variables n.</summary>
    public int Variables { get; private set; }

    /// <summary>Number of constraints m.</summary>
    public int Constraints { get; private set; }

    /// <summary>c, [n], to be filled.</summary>
    public Span<double> Objective => _objective.AsSpan(0, Variables);

    /// <summary>x of the last <see cref="Maximize"/> that was optimal, [n].</summary>
    public ReadOnlySpan<double> Solution => _solution.AsSpan(0, Variables);

    /// <summary>What the optimum gains per unit of each right side, [m]: at least 0 for at most, at most 0 for at least, either for equal.</summary>
    public ReadOnlySpan<double> Duals => _duals.AsSpan(0, Constraints);

    /// <summary>c'x of the last <see cref="Maximize"/> that was optimal.</summary>
    public double Value { get; private set; }

    /// <summary>Number of pivots of the last <see cref="Maximize"/>.</summary>
    public int Pivots { get; private set; }

    /// <summary>The bytes that a program takes.</summary>
    public static double EstimateBytes(double mostVariables, double mostConstraints) =>
        (sizeof(double) * ((2 * mostVariables * mostConstraints) + ((mostConstraints + 1) * (mostVariables + mostConstraints + 2)))) + (64 * (mostVariables + mostConstraints));

    /// <summary>Sets the shape; all numbers 0, all constraints at most, all variables at least 0.</summary>
    /// <param name="variables">In [1, most].</param>
    /// <param name="constraints">In [1, most].</param>
    /// <param name="cancellationToken">Checked every million numbers; a program whose reset was cancelled must be reset again.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Reset(int variables, int constraints, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variables, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(variables, MostVariables);
        ArgumentOutOfRangeException.ThrowIfLessThan(constraints, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(constraints, MostConstraints);
        (Variables, Constraints) = (variables, constraints);
        for (int start = 0; start < variables * constraints; start += TakenAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(_rows, start, Math.Min(TakenAtOnce, (variables * constraints) - start));
        }

        Array.Clear(_objective);
        Array.Clear(_rightSides);
        Array.Clear(_kinds);
        Array.Clear(_free);
    }

    /// <summary>The left side a of a constraint, [n], to be filled.</summary>
    public Span<double> Row(int constraint)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)constraint, (uint)Constraints, nameof(constraint));
        return _rows.AsSpan(constraint * Variables, Variables);
    }

    /// <summary>A constraint's kind.</summary>
    public ConstraintKind Kind(int constraint) => _kinds[constraint];

    /// <summary>A constraint's right side b.</summary>
    public double RightSide(int constraint) => _rightSides[constraint];

    /// <summary>Whether a variable may be below 0.</summary>
    public bool IsFree(int variable) => _free[variable];

    /// <summary>Sets a constraint's kind and right side.</summary>
    public void SetRightSide(int constraint, ConstraintKind kind, double value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)constraint, (uint)Constraints, nameof(constraint));
        (_kinds[constraint], _rightSides[constraint]) = (kind, value);
    }

    /// <summary>Lets a variable take either sign.</summary>
    public void Free(int variable)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)variable, (uint)Variables, nameof(variable));
        _free[variable] = true;
    }

    /// <summary>Solves; the data stay, so that a program may be changed and solved again.</summary>
    /// <param name="cancellationToken">Checked every few ten thousand numbers; a program whose solution was cancelled can be solved again.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LinearProgramStatus Maximize(CancellationToken cancellationToken = default)
    {
        var rows = _rows.AsSpan(0, Variables * Constraints);
        CheckFinite(Objective, "objective");
        for (int start = 0; start < rows.Length; start += TakenAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckFinite(rows[start..Math.Min(start + TakenAtOnce, rows.Length)], "rows", start);
        }

        CheckFinite(_rightSides.AsSpan(0, Constraints), "right sides");
        Pivots = 0;
        var status = LinearProgramStatus.Stopped;
        int attempt = 0, best = -1;
        for (double least = double.PositiveInfinity; attempt < SimplexMethod.Attempts && least > 1; attempt++)
        {
            var end = Attempt(attempt, cancellationToken);
            if (end == LinearProgramStatus.Optimal && _method.Leniency < least) (status, best, least) = (end, attempt, _method.Leniency);
            else if (status == LinearProgramStatus.Stopped) status = end;
            if (end is LinearProgramStatus.Infeasible or LinearProgramStatus.Unbounded && best < 0 && !_method.IsDoubtful) return status;
        }

        if (status != LinearProgramStatus.Optimal) return status;
        if (best < attempt - 1) Attempt(best, cancellationToken); // the others ended worse
        _method.Read(_solution.AsSpan(0, Variables), _duals.AsSpan(0, Constraints));
        double value = 0;
        for (int j = 0; j < Variables; j++) value += _objective[j] * _solution[j];
        Value = value;
        return status;
    }

    private LinearProgramStatus Attempt(int attempt, CancellationToken cancellationToken)
    {
        _method.Load(Objective, _rows.AsSpan(0, Variables * Constraints), _rightSides.AsSpan(0, Constraints), _kinds, _free, attempt, cancellationToken);
        var end = _method.Run(cancellationToken);
        Pivots += _method.Pivots;
        return end;
    }

    private static void CheckFinite(ReadOnlySpan<double> numbers, string name, int start = 0)
    {
        for (int k = 0; k < numbers.Length; k++)
            if (!double.IsFinite(numbers[k])) throw new ArgumentException($"{name}: number {start + k} is {numbers[k]}; all must be finite.");
    }
}
