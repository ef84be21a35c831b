using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Export;
using VsgGym.Networks;
using VsgGym.Runs;
using VsgGym.Server.Hosting;

namespace VsgGym.Server;

/// <summary>What runs have learned as ONNX files: the adapter between the run engine and the exporter.</summary>
internal sealed class OnnxRunExporter : IRunExporter
{
    /// <inheritdoc/>
    public IReadOnlyList<ExportedModel> Export(RunExportContext context, IReadOnlyList<IPlayerModel> models, string directory)
    {
        var origin = new ExportContext
        {
            GameId = context.Spec.Game.Id,
            GameOptions = context.Spec.Game.OptionsJson,
            Algorithm = context.Spec.Learner,
            RunId = context.RunId,
            Seed = context.Spec.Seed,
            TrainingHash = context.Spec.Hash,
            ProductVersion = ProductVersion.Text,
        };
        return [.. models.SelectMany(model => OnnxExporter.Write(Plain(model), origin, directory).Select(file => Describe(model.Player, file)))];
    }

    private static BlueprintModel Plain(IPlayerModel model) => model as BlueprintModel
        ?? throw new InvalidOperationException($"The model of {model.Player} is a {model.GetType().Name}; only blueprints can be exported.");

    private static ExportedModel Describe(string player, ExportedFile file) =>
        new(player, file.Name, file.Bytes, file.Sha256, file.Metadata.ToImmutableSortedDictionary(StringComparer.Ordinal));
}
