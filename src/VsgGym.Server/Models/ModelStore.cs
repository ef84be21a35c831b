using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Models;

/// <summary>Callers' models on disk by the hash of their content; the same content gets the same id and is kept once. Thread-safe.</summary>
/// <remarks>What is kept outlasts the server. A file that does not match its description is listed as damaged and never used; uploading it again mends it.</remarks>
internal sealed class ModelStore
{
    /// <summary>How the id of an uploaded model starts.</summary>
    public const string Prefix = "upload-";

    private const int HashDigits = 24;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, StoredModel> _models;
    private readonly ModelFolder _folder;
    private readonly ServerLimits _limits;

    /// <summary>Reads what the directory holds.</summary>
    /// <param name="directory">The directory; made when the first model is kept.</param>
    /// <param name="limits">How many models, and how large.</param>
    public ModelStore(string directory, ServerLimits limits)
    {
        _folder = new ModelFolder(directory);
        _limits = limits;
        _models = new SortedDictionary<string, StoredModel>(_folder.Load().ToDictionary(model => model.Id), StringComparer.Ordinal);
    }

    /// <summary>The id of a model with this SHA-256.</summary>
    /// <param name="sha256">64 hexadecimal digits in lower case.</param>
    public static string IdOf(string sha256) => Prefix + sha256[..HashDigits];

    /// <summary>Every model kept, by id.</summary>
    public IReadOnlyList<StoredModel> All()
    {
        lock (_gate) return [.. _models.Values];
    }

    /// <summary>A model, or null.</summary>
    public StoredModel? Find(string id)
    {
        lock (_gate) return _models.GetValueOrDefault(id);
    }

    /// <summary>Keeps a model that was checked; the same content is kept once, under its first name.</summary>
    /// <param name="file">The file as it came.</param>
    /// <param name="inspect">Checks the content; runs only where it is new.</param>
    /// <exception cref="VsgGymException">The content is at fault, the store is full, or the disk is.</exception>
    public StoredModel Add(ReceivedFile file, Func<ModelFacts> inspect)
    {
        string id = IdOf(file.Sha256);
        lock (_gate)
        {
            if (Sound(id) is { } kept) return kept;
            CheckRoom(id, file);
        }

        var description = Describe(id, file, inspect()); // slow for a large model, so outside the lock; another caller may have been faster
        lock (_gate)
        {
            if (Sound(id) is { } kept) return kept;
            CheckRoom(id, file);
            return _models[id] = _folder.Write(description, file.Bytes.Span);
        }
    }

    /// <summary>Removes a model with its file.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(string id)
    {
        lock (_gate)
        {
            if (!_models.ContainsKey(id)) return false;
            _folder.Delete(id);
            return _models.Remove(id);
        }
    }

    private StoredModel? Sound(string id) => _models.GetValueOrDefault(id) is { CurrentDamage: null } model ? model : null;

    private void CheckRoom(string id, ReceivedFile file)
    {
        var others = _models.Values.Where(model => model.Id != id).ToList(); // a damaged one is replaced
        if (others.Count >= _limits.MaxModels)
            throw VsgGymException.OverLimit("models", _limits.MaxModels, $"the server keeps at most {_limits.MaxModels} uploaded models (--max-models): delete one first", "full");
        long held = others.Sum(model => model.Description.Bytes);
        if (held + file.Bytes.Length > _limits.MaxModelTotalBytes)
            throw VsgGymException.OverLimit("models", $"{file.Bytes.Length} bytes", $"the server keeps at most {_limits.MaxModelTotalBytes} bytes of uploaded models (--max-model-total-bytes) and holds {held}: delete one first", "full");
    }

    private static Proto.Model Describe(string id, ReceivedFile file, ModelFacts facts)
    {
        var description = new Proto.Model
        {
            ModelId = id,
            Player = facts.Player,
            GameId = facts.GameId,
            GameOptionsJson = facts.GameOptionsJson,
            File = file.Name,
            Bytes = file.Bytes.Length,
            Sha256 = file.Sha256,
            Observation = facts.Observation is { } observation ? WireMap.ToWire(observation) : null,
            Action = facts.Action is { } action ? WireMap.ToWire(action) : null,
        };
        foreach (var (key, value) in facts.Metadata) description.Metadata[key] = value;
        return description;
    }
}
