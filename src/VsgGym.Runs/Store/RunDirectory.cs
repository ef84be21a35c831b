using System.Globalization;

namespace VsgGym.Runs;

/// <summary>Where the files of one run lie.</summary>
/// <param name="path">The run's directory.</param>
internal sealed class RunDirectory(string path)
{
    /// <summary>The directory.</summary>
    public string Root { get; } = path;

    /// <summary>The run's id.</summary>
    public string Id => Path.GetFileName(Root);

    /// <summary>Everything that determines the bits.</summary>
    public string Spec => Path.Combine(Root, "spec.json");

    /// <summary>Where the run stands.</summary>
    public string State => Path.Combine(Root, "state.json");

    /// <summary>The events, one a line.</summary>
    public string Events => Path.Combine(Root, "events.jsonl");

    /// <summary>The checkpoints.</summary>
    public string Checkpoints => Path.Combine(Root, "checkpoints");

    /// <summary>What was exported.</summary>
    public string Models => Path.Combine(Root, "models");

    /// <summary>The checkpoint of a step.</summary>
    public string Checkpoint(long step) => Path.Combine(Checkpoints, step.ToString(CultureInfo.InvariantCulture) + CheckpointFile.Ending);
}
