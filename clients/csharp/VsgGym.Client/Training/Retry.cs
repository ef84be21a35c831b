namespace VsgGym.Client;

/// <summary>Waits between attempts, each time twice as long, until a time is over.</summary>
internal sealed class Retry(TimeSpan first, TimeSpan longest)
{
    private int _doublings;
    private TimeSpan _waited;

    /// <summary>Starts over after a success.</summary>
    public void Reset() => (_doublings, _waited) = (0, TimeSpan.Zero);

    /// <summary>Waits for the next attempt.</summary>
    /// <param name="most">How long all waits since the last success may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>false, without waiting, when that time is over.</returns>
    public async Task<bool> WaitAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        if (_waited >= most) return false;
        var wait = first * Math.Pow(2, _doublings++);
        if (wait > longest) wait = longest;
        await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        _waited += wait;
        return true;
    }
}
