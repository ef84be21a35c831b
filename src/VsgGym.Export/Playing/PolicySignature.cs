using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VsgGym.Core;

namespace VsgGym.Export;

/// <summary>Which inputs and outputs a policy's file has, checked by name, type and shape.</summary>
internal sealed class PolicySignature
{
    /// <summary>The least rows of a run: one row alone takes the runtime's way for vectors, whose sums are in another order.</summary>
    public const int LeastRows = 2;

    public const string Action = "action";
    public const string SampledAction = "sampled_action";
    private const int MostRows = 1024;
    private const string Probabilities = "probabilities";
    private static readonly string[] KnownInputs = [BlueprintGraph.Observation, BlueprintGraph.Noise, BlueprintGraph.Legal, TableGraph.Time];

    private PolicySignature(InferenceSession session)
    {
        var faults = new FaultList();
        foreach (string name in session.InputNames.Except(KnownInputs))
            faults.Add($"model.inputs.{name}", TensorForm.Describe(session.InputMetadata[name]), $"is unknown; a policy takes {string.Join(", ", KnownInputs)}", "unknown_input");
        Observation = Require(faults, "inputs", session.InputMetadata, BlueprintGraph.Observation, IsPoint, "int64 [batch] or float32 [batch, length]");
        Played = Require(faults, "outputs", session.OutputMetadata, Action, IsPoint, "int64 [batch] or float32 [batch, length]");
        Noise = Optional(faults, "inputs", session.InputMetadata, BlueprintGraph.Noise, form => form is { Type: TensorElementType.Float, Width: not null }, "float32 [batch, numbers]");
        Legal = Optional(faults, "inputs", session.InputMetadata, BlueprintGraph.Legal, form => form is { Type: TensorElementType.Bool, Width: not null }, "bool [batch, actions]");
        TakesTime = Optional(faults, "inputs", session.InputMetadata, TableGraph.Time, form => form is { Type: TensorElementType.Int64, Width: null }, "int64 [batch]") is not null;
        HasSampled = Optional(faults, "outputs", session.OutputMetadata, SampledAction, form => Played is null || form == Played, $"{Played}, as {Action} is") is not null;
        var distribution = Optional(faults, "outputs", session.OutputMetadata, Probabilities, form => form is { Type: TensorElementType.Float, Width: not null }, "float32 [batch, actions]");
        Actions = distribution?.Width ?? Legal?.Width;
        faults.ThrowIfAny();
        var properties = session.ModelMetadata.CustomMetadataMap;
        DeclaredObservation = ExportMetadata.Read(properties.GetValueOrDefault(ExportMetadata.ObservationSpace));
        string? together = properties.GetValueOrDefault(ExportMetadata.RowsTogether);
        RowsTogether = int.TryParse(together, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) ? Math.Clamp(rows, LeastRows, MostRows) : MostRows;
        DeclaredAction = ExportMetadata.Read(properties.GetValueOrDefault(ExportMetadata.ActionSpace));
    }

    /// <summary>The observation's form.</summary>
    public TensorForm? Observation { get; }

    /// <summary>The action's form.</summary>
    public TensorForm? Played { get; }

    /// <summary>The noise's form, or null where the file takes none.</summary>
    public TensorForm? Noise { get; }

    /// <summary>The mask's form, or null where the file takes none.</summary>
    public TensorForm? Legal { get; }

    /// <summary>Whether the file takes the time of the decision.</summary>
    public bool TakesTime { get; }

    /// <summary>The most rows of a run, in [2, 1024].</summary>
    public int RowsTogether { get; }

    /// <summary>Whether the file samples.</summary>
    public bool HasSampled { get; }

    /// <summary>Number of discrete actions where the file says it.</summary>
    public int? Actions { get; }

    /// <summary>The observation space in the file's properties, or null.</summary>
    public Space? DeclaredObservation { get; }

    /// <summary>The action space in the file's properties, or null.</summary>
    public Space? DeclaredAction { get; }

    /// <summary>Reads a session's inputs and outputs.</summary>
    /// <exception cref="VsgGymException">One or more are absent, unknown, or of another type or shape.</exception>
    public static PolicySignature Read(InferenceSession session) => new(session);

    /// <summary>The form in which values of a space enter and leave a file.</summary>
    public static TensorForm FormOf(Space space) => space is DiscreteSpace ? new(TensorElementType.Int64, null) : new(TensorElementType.Float, space.Length);

    private static bool IsPoint(TensorForm form) => form is { Type: TensorElementType.Int64, Width: null } or { Type: TensorElementType.Float, Width: not null };

    private static TensorForm? Require(FaultList faults, string side, IReadOnlyDictionary<string, NodeMetadata> nodes, string name, Func<TensorForm, bool> fits, string needed)
    {
        if (nodes.ContainsKey(name)) return Optional(faults, side, nodes, name, fits, needed);
        faults.Add($"model.{side}.{name}", string.Empty, $"is missing; the model has {string.Join(", ", nodes.Keys)}", "missing_tensor");
        return null;
    }

    private static TensorForm? Optional(FaultList faults, string side, IReadOnlyDictionary<string, NodeMetadata> nodes, string name, Func<TensorForm, bool> fits, string needed)
    {
        if (!nodes.TryGetValue(name, out var node)) return null;
        var form = TensorForm.Of(node);
        if (form is not null && fits(form)) return form;
        faults.Add($"model.{side}.{name}", TensorForm.Describe(node), $"must be {needed}", "wrong_shape");
        return null;
    }
}
