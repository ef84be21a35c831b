using VsgGym.Core;

namespace VsgGym.Server.Models;

/// <summary>Reads and runs model files; the one door to what runs them. Thread-safe.</summary>
internal interface IModelEngine
{
    /// <summary>Checks a file that a caller gave: its format, its inputs and outputs, and one run of it.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="VsgGymException">Every fault of the file.</exception>
    ModelFacts Inspect(ReadOnlyMemory<byte> bytes);

    /// <summary>A policy that plays what the file says; dispose it where it is disposable. One caller at a time.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="greedy">Whether it plays its deterministic action instead of sampling.</param>
    /// <param name="provider">"cpu" or "cuda".</param>
    /// <exception cref="VsgGymException">The file is at fault (path "model"), or this machine lacks the provider (path "provider").</exception>
    IPolicy Open(ReadOnlyMemory<byte> bytes, bool greedy, string provider);
}
