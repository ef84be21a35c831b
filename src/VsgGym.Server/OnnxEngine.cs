using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Export;
using VsgGym.Networks;
using VsgGym.Runs;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Sessions;

namespace VsgGym.Server;

/// <summary>Models as ONNX files: the adapter between the server and the exporter.</summary>
internal sealed class OnnxEngine : IModelEngine, ITableExporter, IRunExporter
{
    /// <inheritdoc/>
    public ModelFacts Inspect(ReadOnlyMemory<byte> bytes)
    {
        var model = OnnxUpload.Check(bytes, new UploadLimits { Bytes = bytes.Length }); // the server's limit has been checked
        string Property(string key) => model.Metadata.GetValueOrDefault(key, string.Empty);
        return new ModelFacts(Property("player"), Property("game_id"), Property("game_options"), model.Observation, model.Action, model.Metadata);
    }

    /// <inheritdoc/>
    public IPolicy Open(ReadOnlyMemory<byte> bytes, bool greedy, string provider) => FaultPaths.Under(
        "options.provider", SeatReading.ProviderField, () => OnnxPolicy.Open(bytes.ToArray(), greedy, new OnnxOptions { Provider = provider }));

    /// <inheritdoc/>
    public WrittenModel Write(TabularPolicy policy, StochasticGame table, int player, TableOrigin origin, string directory)
    {
        var context = new ExportContext
        {
            GameId = origin.GameId,
            GameOptions = origin.GameOptionsJson,
            Algorithm = origin.Algorithm,
            Seed = origin.Seed,
            ProductVersion = ProductVersion.Text,
        };
        var file = OnnxExporter.Write(policy, TableSeat.Of(table, player), context, directory);
        return new WrittenModel(table.Players[player], file.Name, file.Bytes, file.Sha256);
    }

    /// <inheritdoc/>
    /// <remarks>Networks are written as they are; of any other model its table, where it has one.</remarks>
    public IReadOnlyList<ExportedModel> Export(RunExportContext context, IReadOnlyList<IPlayerModel> models, string directory)
    {
        var origin = new ExportContext
        {
            GameId = context.Spec.Game.Id,
            GameOptions = context.Spec.Game.OptionsJson,
            Algorithm = context.Spec.Learner,
            Seed = context.Spec.Seed,
            RunId = context.RunId,
            TrainingHash = context.Spec.Hash,
            ProductVersion = ProductVersion.Text,
        };
        return [.. models.SelectMany(model => Files(context.Game, model, origin, directory).Select(file =>
            new ExportedModel(model.Player, file.Name, file.Bytes, file.Sha256, file.Metadata.ToImmutableSortedDictionary(StringComparer.Ordinal))))];
    }

    private static IReadOnlyList<ExportedFile> Files(Game game, IPlayerModel model, ExportContext origin, string directory)
    {
        if (model is BlueprintModel networks) return OnnxExporter.Write(networks, origin, directory);
        return game.Table is { } table && model.Table(table) is { } policy
            ? [OnnxExporter.Write(policy, TableSeat.Of(table, table.PlayerIndex(model.Player)), origin, directory)]
            : [];
    }
}
