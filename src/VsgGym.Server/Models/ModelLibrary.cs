using VsgGym.Core;

namespace VsgGym.Server.Models;

/// <summary>Every model the server can seat: what callers uploaded, and what runs exported.</summary>
/// <param name="uploads">Callers' models.</param>
/// <param name="runs">Runs' models.</param>
internal sealed class ModelLibrary(ModelStore uploads, IRunModels runs)
{
    /// <summary>The models of a run or a game, or all: the uploads first, then the runs'.</summary>
    /// <param name="runId">Empty for all.</param>
    /// <param name="gameId">Empty for all.</param>
    public IEnumerable<StoredModel> List(string runId, string gameId)
    {
        var models = runId.Length > 0 ? runs.ModelsOf(runId) : uploads.All().Concat(runs.All());
        return models.Where(model => gameId.Length == 0 || model.Description.GameId == gameId);
    }

    /// <summary>A model, or null.</summary>
    public StoredModel? Find(string id)
    {
        if (id.StartsWith(ModelStore.Prefix, StringComparison.Ordinal)) return uploads.Find(id);
        int dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : runs.ModelsOf(id[..dot]).FirstOrDefault(model => model.Id == id);
    }

    /// <summary>A model that a request names.</summary>
    /// <exception cref="VsgGymException">No id is given, or no model has it.</exception>
    public StoredModel Get(string id)
    {
        if (id.Length == 0) throw VsgGymException.Invalid("model_id", string.Empty, "is required: List shows the models", "missing");
        return Find(id) ?? throw VsgGymException.NotFound("model_id", id, "no model has this id; List shows the models", "unknown_model");
    }

    /// <summary>Removes an uploaded model.</summary>
    /// <exception cref="VsgGymException">No model has the id, or it is a run's.</exception>
    public void Delete(string id)
    {
        if (Get(id).Description.RunId is { Length: > 0 } run)
            throw VsgGymException.OutOfOrder("model_id", id, $"this model goes with its run: delete the run {run}", "run_model");
        if (!uploads.Delete(id)) throw VsgGymException.NotFound("model_id", id, "another caller has just deleted this model", "unknown_model");
    }
}
