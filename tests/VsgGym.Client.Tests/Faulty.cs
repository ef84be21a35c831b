namespace VsgGym.Client.Tests;

/// <summary>Asserts on typed errors.</summary>
internal static class Faulty
{
    /// <summary>The call must throw exactly this class, with a fault whose path starts so and whose rule and reason are not empty.</summary>
    public static async Task<Fault> ThrowsAsync<TException>(Func<Task> call, string path, string value = "")
        where TException : VsgGymException
    {
        var error = await Assert.ThrowsAsync<TException>(call);
        return Check(error, path, value);
    }

    public static async Task<Fault> ThrowsAsync<TException>(ValueTask<BatchStep> call, string path, string value = "")
        where TException : VsgGymException
    {
        var error = await Assert.ThrowsAsync<TException>(() => call.AsTask());
        return Check(error, path, value);
    }

    public static Fault Check(VsgGymException error, string path, string value)
    {
        var fault = error.Faults.FirstOrDefault(f => f.Path.StartsWith(path, StringComparison.Ordinal) && f.Value.Contains(value, StringComparison.Ordinal));
        Assert.True(fault is not null, $"no fault at '{path}' with value '{value}' in: {error.Message}");
        Assert.NotEmpty(fault.Rule);
        Assert.NotEmpty(fault.Reason);
        Assert.Contains(fault.Path, error.Message, StringComparison.Ordinal);
        return fault;
    }
}
