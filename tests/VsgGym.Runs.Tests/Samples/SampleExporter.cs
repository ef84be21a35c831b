using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VsgGym.Core;

namespace VsgGym.Runs.Tests;

/// <summary>Writes each player's probabilities as text.</summary>
internal sealed class SampleExporter : IRunExporter
{
    public IReadOnlyList<ExportedModel> Export(RunExportContext context, IReadOnlyList<IPlayerModel> models, string directory) => [.. models.Select(model =>
    {
        string name = $"policy.{model.Player}.txt";
        byte[] text = Encoding.UTF8.GetBytes(string.Join("\n", ((SampleModel)model).Probabilities.Select(p => p.ToString("R", CultureInfo.InvariantCulture))));
        File.WriteAllBytes(Path.Combine(directory, name), text);
        var metadata = ImmutableSortedDictionary<string, string>.Empty.Add("game", context.Spec.Game.Id).Add("hash", context.Spec.Hash);
        return new ExportedModel(model.Player, name, text.Length, Convert.ToHexStringLower(SHA256.HashData(text)), metadata);
    })];
}
