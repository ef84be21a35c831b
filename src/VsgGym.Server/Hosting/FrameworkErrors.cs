using Microsoft.AspNetCore.Http;

namespace VsgGym.Server.Hosting;

/// <summary>Puts our words in place of the framework's for what it refuses before a service runs: too large, malformed.</summary>
/// <param name="table">The table of errors.</param>
internal sealed class FrameworkErrors(ErrorTable table) : IMiddleware
{
    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        if (!TrailersOnly.TryRead(context.Response, out var code, out string message)) return;
        if (context.Response.Headers.ContainsKey(RichErrors.Trailer)) return;
        if (table.FromFramework(code, message, context.Request.Path) is { } error) TrailersOnly.Write(context.Response, error);
    }
}
