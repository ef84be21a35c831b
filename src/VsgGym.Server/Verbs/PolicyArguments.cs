using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>Policies given as PLAYER=POLICY on the command line: uniform, a model file, or model:ID of a directory of runs.</summary>
internal static class PolicyArguments
{
    private const string Uniform = "uniform", ModelPrefix = "model:", FileEnding = ".onnx";

    /// <summary>Who plays each seat, [N]; null where nobody is named, or where a fault was added.</summary>
    /// <param name="words">"hunter=policy.hunter.onnx", "prey=uniform".</param>
    /// <param name="option">The option they came by, for faults: "--policy".</param>
    /// <param name="greedy">Whether models play their deterministic action.</param>
    /// <param name="runs">The directory of runs that ids are looked up in.</param>
    /// <param name="reading">The seats, and where faults and opened models go.</param>
    public static IPolicy?[] Read(IEnumerable<string> words, string option, bool greedy, string runs, SeatReading reading)
    {
        var occupants = new List<Proto.Occupant>();
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) reading.Faults.Add(option, word, "must be PLAYER=POLICY", "malformed");
            else if (Occupant(word[..equals], word[(equals + 1)..], greedy, reading) is { } occupant) occupants.Add(occupant);
        }

        var library = new Lazy<ModelLibrary>(() => new ModelLibrary(new ModelStore(RunsFolder.ModelsOf(runs), new ServerLimits()), Composition.RunModelsOf(runs)));
        StoredModel? Find(string model) => model.StartsWith(ModelPrefix, StringComparison.Ordinal) ? library.Value.Find(model[ModelPrefix.Length..]) : OfFile(model);
        var policies = new IPolicy?[reading.Spec.PlayerCount];
        foreach (var (seat, policy) in new OccupantReader(Find, Composition.ModelEngine).Read(occupants, _ => false, reading)) policies[seat] = policy;
        return policies;
    }

    private static Proto.Occupant? Occupant(string player, string policy, bool greedy, SeatReading reading)
    {
        if (policy == Uniform) return new Proto.Occupant { Player = player, Id = Uniform };
        bool isFile = policy.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase);
        if (isFile && !File.Exists(policy)) reading.Faults.Add($"{reading.Field}.{player}", policy, "there is no such file", "unreadable");
        else if (isFile || policy.StartsWith(ModelPrefix, StringComparison.Ordinal)) return new Proto.Occupant { Player = player, Model = policy, Greedy = greedy };
        else reading.Faults.Add($"{reading.Field}.{player}", policy, $"must be {Uniform}, a file that ends in {FileEnding}, or {ModelPrefix}ID", "unknown_policy");
        return null;
    }

    private static StoredModel OfFile(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            return new StoredModel(new Proto.Model { ModelId = path, File = Path.GetFileName(path), Bytes = bytes.Length, Sha256 = StoredModel.HashOf(bytes) }, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new StoredModel(new Proto.Model { ModelId = path }, path, $"its file cannot be read: {error.Message}");
        }
    }
}
