namespace TorchSharp;

/// <summary>Factories and functions over tensors, under the names of PyTorch.</summary>
public static partial class torch
{
    public static readonly ScalarType @bool = ScalarType.Bool;
    public static readonly ScalarType uint8 = ScalarType.Byte;
    public static readonly ScalarType int8 = ScalarType.Int8;
    public static readonly ScalarType int16 = ScalarType.Int16;
    public static readonly ScalarType int32 = ScalarType.Int32;
    public static readonly ScalarType int64 = ScalarType.Int64;
    public static readonly ScalarType float16 = ScalarType.Float16;
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;
    public static readonly ScalarType float32 = ScalarType.Float32;
    public static readonly ScalarType float64 = ScalarType.Float64;
    public static readonly ScalarType @int = ScalarType.Int32;
    public static readonly ScalarType @long = ScalarType.Int64;
    public static readonly ScalarType @float = ScalarType.Float32;
    public static readonly ScalarType @double = ScalarType.Float64;
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The version of the official package whose API this is.</summary>
    public static string __version__ => "0.107.0";

    public static DisposeScope? CurrentDisposeScope => DisposeScope.Current;

    /// <summary>Opens a scope that disposes of the tensors made in it; see <see cref="DisposeScope"/>.</summary>
    public static DisposeScope NewDisposeScope() => new();

    /// <summary>Evaluates in a scope of its own; only the result outlives it.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using DisposeScope scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    public static IDisposable no_grad() => new Engine.GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new Engine.GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new Engine.GradMode(mode);

    public static bool is_grad_enabled() => Engine.GradMode.Enabled;

    /// <summary>No recording; in this engine the same as no_grad.</summary>
    public static IDisposable inference_mode(bool mode = true) => new Engine.GradMode(!mode && Engine.GradMode.Enabled, mode);

    public static bool is_inference_mode_enabled() => Engine.GradMode.Inference;

    /// <summary>Threads an operation may use. Results do not depend on it.</summary>
    public static int get_num_threads() => Kernels.Workers.Count;

    public static void set_num_threads(int num)
    {
        Engine.TorchError.Require(num > 0, "Expected positive number of threads");
        Kernels.Workers.Count = num;
    }

    public static bool is_tensor(object obj) => obj is Tensor;

    public static ScalarType get_default_dtype() => ScalarType.Float32;

    public static Tensor load(string location) => Tensor.Load(location);

    public static void save(Tensor t, string location) => t.save(location);
}
