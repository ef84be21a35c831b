namespace VsgGym.Client;

/// <summary>What an observation or action may be: a <see cref="DiscreteSpace"/> or a <see cref="BoxSpace"/>.</summary>
public abstract record Space
{
    private protected Space()
    {
    }
}
