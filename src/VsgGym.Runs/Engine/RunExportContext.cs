using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>What an exporter is told about the run.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Spec">Game id and options, learner, options, seed and hash.</param>
/// <param name="Game">The game, built.</param>
/// <param name="Step">Steps taken.</param>
public sealed record RunExportContext(string RunId, RunSpec Spec, Game Game, long Step);
