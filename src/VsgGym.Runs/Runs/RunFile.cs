namespace VsgGym.Runs;

/// <summary>A file of a run that may be handed out.</summary>
/// <param name="Name">"policy.player_0.onnx", "events.jsonl", "spec.json".</param>
/// <param name="Path">Where it lies.</param>
public sealed record RunFile(string Name, string Path);
