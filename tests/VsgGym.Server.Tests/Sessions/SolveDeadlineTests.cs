using VsgGym.Server.Sessions;

namespace VsgGym.Server.Tests.Sessions;

public sealed class SolveDeadlineTests
{
    [Fact]
    public async Task OutOfTime_FiresAfterTheSolveEndsAndBeforeTheDeadline()
    {
        var end = TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(3);
        using var deadline = new SolveDeadline(end, TimeProvider.System);
        Assert.False(deadline.IsNear);
        await TestServer.UntilAsync(() => deadline.IsNear);
        Assert.False(deadline.OutOfTime.IsCancellationRequested);
        await TestServer.UntilAsync(() => deadline.EndStep.IsCancellationRequested);
        await TestServer.UntilAsync(() => deadline.OutOfTime.IsCancellationRequested);
        Assert.True(TimeProvider.System.GetUtcNow().UtcDateTime < end);
    }

    [Fact]
    public void PastDeadline_IsOutOfTimeAtOnce()
    {
        using var deadline = new SolveDeadline(TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(1), TimeProvider.System);
        Assert.True(deadline.IsNear);
        Assert.True(deadline.EndStep.IsCancellationRequested);
        Assert.True(deadline.OutOfTime.IsCancellationRequested);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100_000.0)] // days; longer than a timer can wait
    public void NoOrADistantDeadline_NeverEndsTheSolve(double? days)
    {
        var end = days is { } count ? TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromDays(count) : DateTime.MaxValue;
        using var deadline = new SolveDeadline(end, TimeProvider.System);
        Assert.False(deadline.IsNear);
        Assert.False(deadline.EndStep.IsCancellationRequested);
        Assert.False(deadline.OutOfTime.IsCancellationRequested);
    }
}
