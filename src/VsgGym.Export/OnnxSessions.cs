using Microsoft.ML.OnnxRuntime;
using VsgGym.Core;

namespace VsgGym.Export;

/// <summary>Opens ONNX files on the processor or on CUDA.</summary>
public static class OnnxSessions
{
    private const string CudaProvider = "CUDAExecutionProvider";

    private delegate void Appender(SessionOptions session, OnnxOptions options);

    private static readonly Dictionary<string, Appender> Providers = new(StringComparer.Ordinal)
    {
        ["cpu"] = (_, _) => { },
        ["cuda"] = (session, options) => session.AppendExecutionProvider_CUDA(options.Device),
    };

    /// <summary>The providers that this build of ONNX Runtime has, by its own names: "CPUExecutionProvider".</summary>
    public static IReadOnlyList<string> Available => OrtEnv.Instance().GetAvailableProviders();

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Where it runs.</param>
    /// <exception cref="VsgGymException">An option is out of range, the provider is absent, or the runtime refuses the file.</exception>
    internal static InferenceSession Open(string path, OnnxOptions options) => Open(session => new InferenceSession(path, session), path, options);

    /// <summary>Opens a model in memory.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="options">Where it runs.</param>
    /// <exception cref="VsgGymException">An option is out of range, the provider is absent, or the runtime refuses the model.</exception>
    internal static InferenceSession Open(byte[] model, OnnxOptions options) => Open(session => new InferenceSession(model, session), "model", options);

    private static InferenceSession Open(Func<SessionOptions, InferenceSession> open, string path, OnnxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckOptions(options);
        using var session = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (options.Threads > 0) session.IntraOpNumThreads = options.Threads;
        try
        {
            Providers[options.Provider](session, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw VsgGymException.Invalid("options.provider", options.Provider, $"ONNX Runtime could not start it: {error.Message}", "provider_failed");
        }

        try
        {
            return open(session);
        }
        catch (OnnxRuntimeException error)
        {
            throw VsgGymException.Invalid("model", path, $"ONNX Runtime refuses it: {error.Message}", "refused_by_runtime");
        }
    }

    private static void CheckOptions(OnnxOptions options)
    {
        var faults = new FaultList();
        if (options.Threads < 0) faults.Add("options.threads", options.Threads, "must be at least 0", "out_of_range");
        if (options.Device < 0) faults.Add("options.device", options.Device, "must be at least 0", "out_of_range");
        if (!Providers.ContainsKey(options.Provider)) faults.Add("options.provider", options.Provider, $"must be one of {string.Join(", ", Providers.Keys)}", "unknown_provider");
        else if (options.Provider != "cpu" && !Available.Contains(CudaProvider))
            faults.Add("options.provider", options.Provider, $"this build of ONNX Runtime has no {CudaProvider}; available: {string.Join(", ", Available)}", "no_provider");
        faults.ThrowIfAny();
    }
}
