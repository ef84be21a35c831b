namespace VsgGym.Server.Models;

/// <summary>The models that runs have exported. Thread-safe.</summary>
internal interface IRunModels
{
    /// <summary>What every run has exported, by run and player; each id is "RUN.PLAYER".</summary>
    IReadOnlyList<StoredModel> All();

    /// <summary>What one run has exported, in the players' order; empty where there is no such run or it has exported nothing.</summary>
    /// <param name="runId">The run's id, without dots.</param>
    IReadOnlyList<StoredModel> ModelsOf(string runId);
}
