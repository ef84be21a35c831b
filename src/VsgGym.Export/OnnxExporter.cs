using System.Security.Cryptography;
using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Export;

/// <summary>Writes policies and opponent models as self-contained ONNX files whose graph maps observations to actions.</summary>
/// <remarks>
/// <para>Every file takes `observation` ([batch, O] float32 in game units, or [batch] int64) and `noise` ([batch, n] float32): standard normal
/// numbers for boxes, numbers in [0, 1) for discrete actions. The stochastic outputs are functions of it; callers who only want `action` may
/// pass zeros. Files of games that forbid actions also take `legal_actions` ([batch, A] bool), tables with a horizon `time` ([batch] int64).</para>
/// <para>policy.PLAYER.onnx gives `action` (greedy: [batch] int64, or [batch, n] float32 in game units), `sampled_action`, `log_probability`
/// [batch] of the sampled action (natural logarithm; for a box the density per volume in game units of pi(a_i | s, a_-i) at the sampled
/// a_-i, whose noise comes first, in player order; for discrete actions of the marginal over the opponent model) and, for discrete actions,
/// `probabilities` [batch, A].</para>
/// <para>conditional.PLAYER.onnx takes `action.NAME` of every opponent too and gives the same outputs of pi(a_i | s, a_-i);
/// opponents.PLAYER.onnx gives per opponent `action.NAME`, `sampled_action.NAME`, `log_probability.NAME` and `probabilities.NAME`, or
/// `mean.NAME` and `sigma.NAME` of the Gaussian before its tanh. A game of one has neither.</para>
/// <para>Its properties say where it comes from, its spaces, and `rows_together`: the most rows to run at once, so that a sum over many joint
/// actions keeps to tensors of 32 MB.</para>
/// <para>A file appears under its name only after the parity check: until then it lies beside it under a temporary name.</para>
/// </remarks>
public static class OnnxExporter
{
    /// <summary>Writes a learned model's files: its policy, and where it has opponents its conditional policy and its opponent model.</summary>
    /// <param name="model">What a player has learned.</param>
    /// <param name="context">Where it comes from.</param>
    /// <param name="directory">Where the files go; created if absent. Files of the same names are replaced.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    /// <exception cref="VsgGymException">Kind Numerical: a file and its source disagree; it is not published.</exception>
    public static IReadOnlyList<ExportedFile> Write(BlueprintModel model, ExportContext context, string directory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(context);
        var blueprint = model.Blueprint;
        var graphs = new BlueprintGraph(blueprint);
        var files = new List<(FileKind Kind, string Name, string Text, string Description, GraphWriter Graph)>
        {
            (FileKind.Policy, "policy", "policy", $"The policy of {blueprint.Player} as it plays.", graphs.Policy()),
        };
        if (!blueprint.Opponents.IsEmpty)
        {
            files.Add((FileKind.Conditional, "conditional", "conditional_policy", $"The policy of {blueprint.Player} given the opponents' actions.", graphs.Conditional()));
            files.Add((FileKind.Opponents, "opponents", "opponent_model", $"What {blueprint.Player} expects of the opponents.", graphs.Opponents()));
        }

        var written = new List<ExportedFile>();
        foreach (var (kind, name, text, description, graph) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var source = new BlueprintSource(model.Forward, kind);
            var metadata = ExportMetadata.Describe(
                context, text, blueprint.Player, blueprint.Opponents, blueprint.Observation.Space, blueprint.Action.Space,
                ExportMetadata.Normalization(blueprint.Observation), source.RowsTogether);
            written.Add(Publish(directory, FileName(name, blueprint.Player), graph, metadata, context, description, source));
        }

        return written;
    }

    /// <summary>Writes a table of action probabilities as a policy's file.</summary>
    /// <param name="policy">[T, S, A]; T above 1 makes the file take `time`, of which what lies past the end counts as the last.</param>
    /// <param name="seat">The seat it was made for.</param>
    /// <param name="context">Where it comes from.</param>
    /// <param name="directory">Where the file goes; created if absent.</param>
    /// <exception cref="VsgGymException">The table does not fit the seat, or the file and the table disagree.</exception>
    public static ExportedFile Write(TabularPolicy policy, TableSeat seat, ExportContext context, string directory)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(seat);
        ArgumentNullException.ThrowIfNull(context);
        if (policy.States != seat.Observation.Count || policy.Actions != seat.Action.Count)
            throw VsgGymException.Invalid("policy", $"[.., {policy.States}, {policy.Actions}]", $"must have the seat's shape [.., {seat.Observation.Count}, {seat.Action.Count}]", "wrong_shape");
        var source = new TableSource(policy, seat.Action);
        var metadata = ExportMetadata.Describe(
            context, "policy", seat.Player, seat.Opponents, seat.Observation, seat.Action, ExportMetadata.Normalization(new ObservationEncoder(seat.Observation)), source.RowsTogether);
        return Publish(directory, FileName("policy", seat.Player), TableGraph.Write(policy), metadata, context, $"The tabular policy of {seat.Player}.", source);
    }

    /// <summary>Writes beside the name, checks, and only then takes the name.</summary>
    internal static ExportedFile Publish(
        string directory, string name, GraphWriter graph, IReadOnlyDictionary<string, string> metadata, ExportContext context, string description, IParitySource source)
    {
        Directory.CreateDirectory(directory);
        byte[] bytes = graph.Build(metadata, context.ProductVersion, description).ToByteArray();
        string path = Path.Combine(directory, name), temporary = Path.Combine(directory, $".{name}.{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllBytes(temporary, bytes);
            var parity = ParityCheck.Run(temporary, name, source);
            File.Move(temporary, path, overwrite: true);
            return new ExportedFile(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), metadata, parity);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A caller names the players of an uploaded game as it likes; a file's name keeps to safe characters.
    private static string FileName(string kind, string player) => $"{kind}.{Uri.EscapeDataString(player)}.onnx";
}
