namespace VsgGym.Numerics;

/// <summary>A crew's call for one more thread.</summary>
internal interface ICrewHelper
{
    /// <summary>Works until the crew has no more to do; never throws.</summary>
    void Execute();
}
