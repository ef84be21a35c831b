using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>What ended a run's thread, as faults for people.</summary>
internal static class RunFailures
{
    /// <summary>The reason in a word, and the faults.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="step">Steps taken before it.</param>
    public static (string Reason, VsgGymException Error) Of(Exception error, long step) => error switch
    {
        VsgGymException { Kind: ErrorKind.Numerical } numerical => ("diverged", new VsgGymException(
            ErrorKind.Numerical, [.. numerical.Faults.Select(fault => fault with { Rule = $"{fault.Rule}; after {step} good steps" })])),
        VsgGymException fault => ("failed", fault),
        _ => ("failed", new VsgGymException(
            ErrorKind.FailedPrecondition,
            new Fault("run", VsgGymException.Show(error.Message), $"{error.GetType().Name} after {step} good steps: a bug of the learner, the game or the exporter", "internal"))),
    };
}
