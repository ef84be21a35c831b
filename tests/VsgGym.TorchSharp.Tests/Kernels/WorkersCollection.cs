namespace VsgGym.TorchSharp.Tests.Kernels;

/// <summary>Tests that set the number of workers, or need the pool to themselves, run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WorkersCollection
{
    public const string Name = "Workers";
}
