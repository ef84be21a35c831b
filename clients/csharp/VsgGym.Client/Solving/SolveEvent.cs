namespace VsgGym.Client;

/// <summary>What a running solve tells: <see cref="SolveStarted"/>, then <see cref="SolveProgress"/>, then one <see cref="SolveFinished"/>.</summary>
public abstract record SolveEvent
{
    private protected SolveEvent()
    {
    }
}
