namespace TorchSharp;

public static partial class torch
{
    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform([.. size], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform(size.ToArray(), dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform([size], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor rand(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform([rows, columns], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor rand(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform([dim0, dim1, dim2], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor rand(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform([dim0, dim1, dim2, dim3], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor rand(int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform([size], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor rand(int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform([rows, columns], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor rand(int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform([dim0, dim1, dim2], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor rand(int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Uniform([dim0, dim1, dim2, dim3], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal([.. size], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal(size.ToArray(), dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal([size], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal([rows, columns], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal([dim0, dim1, dim2], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal([dim0, dim1, dim2, dim3], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal([size], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal([rows, columns], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal([dim0, dim1, dim2], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    public static Tensor randn(int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Engine.RandomNumbers.Normal([dim0, dim1, dim2, dim3], dtype ?? ScalarType.Float32, 0, 1, generator).Flagged(requires_grad);

    /// <summary>Whole numbers drawn evenly from [low, high).</summary>
    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Engine.RandomNumbers.Integers(size, dtype ?? ScalarType.Int64, low, high, generator).Flagged(requires_grad);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>The numbers 0 to n - 1 in random order.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Engine.RandomNumbers.Permutation(n, generator).to_type(dtype ?? ScalarType.Int64).Flagged(requires_grad);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Engine.RandomNumbers.Normal(input.Core.Shape, dtype ?? input.Core.Type, 0, 1, null).Flagged(requires_grad);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Engine.RandomNumbers.Uniform(input.Core.Shape, dtype ?? input.Core.Type, 0, 1, null).Flagged(requires_grad);

    /// <summary>Column numbers drawn from rows of weights.</summary>
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) => input.multinomial(num_samples, replacement, generator);

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <summary>Seeds the default generator of all threads.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);
}
