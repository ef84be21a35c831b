namespace VsgGym.Numerics;

/// <summary>A square matrix A, known by what it makes of a vector.</summary>
public interface ILinearMap
{
    /// <summary>y = A x.</summary>
    /// <param name="x">[n].</param>
    /// <param name="y">[n], overwritten; never the memory of x.</param>
    void Apply(ReadOnlySpan<double> x, Span<double> y);
}
