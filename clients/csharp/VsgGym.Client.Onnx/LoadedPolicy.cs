using Microsoft.ML.OnnxRuntime;

namespace VsgGym.Client.Onnx;

/// <summary>A policy that a server exported, run here by ONNX Runtime. Safe for concurrent use.</summary>
/// <example>
/// <code>
/// using var policy = LoadedPolicy.Load("out/policy.player_0.onnx");
/// float[] actions = policy.Act(new PolicyInput { Observations = [0f, 0f] }).BoxActions; // two copies of a game with one number to see
/// </code>
/// </example>
public sealed class LoadedPolicy : IDisposable
{
    private const string Observation = "observation", Noise = "noise", Legal = "legal_actions", Time = "time";

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    private LoadedPolicy(InferenceSession session) => _session = session;

    /// <summary>What the file says of itself: game_id, player, run_id, seed, training_hash, ...</summary>
    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>Loads a file.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="provider">Where it runs: "cpu" or "cuda".</param>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="ArgumentException">The provider is not there, or the file is no policy.</exception>
    public static LoadedPolicy Load(string path, string provider = "cpu")
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"path: {path} does not exist.", path);
        using var options = Options(provider);
        InferenceSession session;
        try
        {
            session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ArgumentException($"path: {path} is no ONNX file that can run here: {error.Message}", nameof(path), error);
        }

        if (session.InputMetadata.ContainsKey(Observation) && session.OutputMetadata.ContainsKey("action")) return new LoadedPolicy(session);
        string found = $"inputs {string.Join(", ", session.InputMetadata.Keys)}; outputs {string.Join(", ", session.OutputMetadata.Keys)}";
        session.Dispose();
        throw new ArgumentException($"path: {path} is no policy: it has {found}, and needs an input \"{Observation}\" and an output \"action\".", nameof(path));
    }

    /// <summary>Acts for a batch.</summary>
    /// <param name="input">What the player sees in each copy.</param>
    /// <exception cref="ArgumentException">An array is missing, not wanted, or of the wrong length.</exception>
    public PolicyOutput Act(PolicyInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        long batch = Batch(input);
        var values = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        try
        {
            foreach (string name in _session.InputMetadata.Keys) values[name] = Value(name, input, batch);
            if (input.LegalActions is not null && !values.ContainsKey(Legal)) throw new ArgumentException("LegalActions: this policy's game forbids no actions.", nameof(input));
            if (input.Times is not null && !values.ContainsKey(Time)) throw new ArgumentException("Times: this policy does not depend on the time.", nameof(input));
            using var outputs = _session.Run(_options, values, _session.OutputNames);
            return Read(outputs);
        }
        finally
        {
            foreach (var value in values.Values) value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private static SessionOptions Options(string provider)
    {
        var options = new SessionOptions();
        try
        {
            if (provider == "cuda") options.AppendExecutionProvider_CUDA();
            else if (provider != "cpu") throw new ArgumentException($"provider: {provider} must be \"cpu\" or \"cuda\".", nameof(provider));
            return options;
        }
        catch (Exception error)
        {
            options.Dispose();
            if (error is ArgumentException) throw;
            string there = string.Join(", ", OrtEnv.Instance().GetAvailableProviders());
            throw new ArgumentException($"provider: {provider} is not in this build of ONNX Runtime, which has {there}; reference Microsoft.ML.OnnxRuntime.Gpu and install CUDA.", nameof(provider), error);
        }
    }

    private bool IsDiscrete => _session.InputMetadata[Observation].ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64;

    private long Batch(PolicyInput input)
    {
        if (IsDiscrete) return input.States?.Length ?? throw new ArgumentException("States: this policy sees the number of a state.", nameof(input));
        int width = Width(Observation);
        float[] given = input.Observations ?? throw new ArgumentException("Observations: this policy sees a box.", nameof(input));
        return given.Length % width == 0 ? given.Length / width
            : throw new ArgumentException($"Observations: {given.Length} numbers are not a whole number of observations of {width}.", nameof(input));
    }

    private int Width(string name) => _session.InputMetadata[name].Dimensions is { Length: 2 } shape ? shape[1] : 1;

    private OrtValue Value(string name, PolicyInput input, long batch)
    {
        int width = Width(name);
        long[] shape = _session.InputMetadata[name].Dimensions.Length == 2 ? [batch, width] : [batch];
        return name switch
        {
            Observation when IsDiscrete => Value(name, input.States!, shape),
            Observation => Value(name, input.Observations!, shape),
            Noise => Value(name, input.Noise ?? Quiet(batch * width), shape),
            Legal => Value(name, input.LegalActions ?? throw new ArgumentException($"LegalActions: this policy's game forbids actions; [{batch}, {width}] is needed.", nameof(input)), shape),
            Time => Value(name, input.Times ?? throw new ArgumentException($"Times: this policy depends on the time; [{batch}] is needed.", nameof(input)), shape),
            _ => throw new ArgumentException($"the policy has an input \"{name}\" that this client does not know.", nameof(input)),
        };
    }

    /// <summary>The middle of the noise's distribution: 0 for the Gaussian of a box, one half for the uniform number of a discrete action.</summary>
    private float[] Quiet(long count)
    {
        var noise = new float[count];
        if (_session.OutputMetadata["action"].ElementType == typeof(long)) Array.Fill(noise, 0.5f);
        return noise;
    }

    private static OrtValue Value<T>(string name, T[] data, long[] shape)
        where T : unmanaged
    {
        long needed = shape.Aggregate(1L, (product, extent) => product * extent);
        return data.Length == needed ? OrtValue.CreateTensorValueFromMemory(data, shape)
            : throw new ArgumentException($"{name}: {data.Length} numbers, [{string.Join(", ", shape)}] needed.", name);
    }

    private PolicyOutput Read(IDisposableReadOnlyCollection<OrtValue> outputs)
    {
        T[] Get<T>(string name)
            where T : unmanaged
        {
            int at = _session.OutputNames.ToList().IndexOf(name);
            return at >= 0 && _session.OutputMetadata[name].ElementType == typeof(T) ? outputs[at].GetTensorDataAsSpan<T>().ToArray() : [];
        }

        return new PolicyOutput(
            Get<float>("action"), Get<float>("sampled_action"), Get<long>("action"), Get<long>("sampled_action"), Get<float>("log_probability"), Get<float>("probabilities"));
    }
}
