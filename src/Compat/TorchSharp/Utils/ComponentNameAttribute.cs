using System.Reflection;

namespace TorchSharp.Utils
{
    /// <summary>The name of a field in the module's state, where it is not the field's own.</summary>
    [AttributeUsage(AttributeTargets.Field)]
    public class ComponentNameAttribute : Attribute
    {
        public string Name { get; set; } = string.Empty;
    }
}

namespace TorchSharp
{
    /// <summary>Names of fields in the state of a module.</summary>
    public static class FieldInfoExtensionMethods
    {
        public static string ComponentName(this FieldInfo field) => field.GetCustomAttribute<Utils.ComponentNameAttribute>()?.Name ?? field.Name;
    }
}
