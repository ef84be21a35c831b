namespace VsgGym.Server.Hosting;

/// <summary>The product's name and version.</summary>
internal static class ProductVersion
{
    /// <summary>"vsggym 0.1.0".</summary>
    public static string Text { get; } = $"vsggym {typeof(ProductVersion).Assembly.GetName().Version!.ToString(3)}";
}
