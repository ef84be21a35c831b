namespace VsgGym.Solvers.Tests;

/// <summary>Tests of how soon something ends, which other tests of the process must not hold up: they run when all others have ended.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
