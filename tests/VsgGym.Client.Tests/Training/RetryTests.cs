using System.Diagnostics;

namespace VsgGym.Client.Tests;

public sealed class RetryTests
{
    [Fact]
    public async Task Wait_GivesUpWhenTheTimeIsOver_AndStartsOverAfterASuccess()
    {
        var retry = new Retry(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(4));
        int attempts = 0;
        while (await retry.WaitAsync(TimeSpan.FromMilliseconds(15), CancellationToken.None)) attempts++;
        Assert.Equal(5, attempts); // 1 + 2 + 4 + 4 + 4 ms
        retry.Reset();
        Assert.True(await retry.WaitAsync(TimeSpan.FromMilliseconds(15), CancellationToken.None));
    }

    [Fact]
    public async Task Wait_EndsWithItsToken()
    {
        var retry = new Retry(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        using var stop = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var waiting = retry.WaitAsync(TimeSpan.FromMinutes(5), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
    }
}
