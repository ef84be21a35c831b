namespace Grpc.Core;

/// <summary>A remote method without its message types.</summary>
public interface IMethod
{
    /// <summary>Kind of call.</summary>
    MethodType Type { get; }

    /// <summary>Full name of the service.</summary>
    string ServiceName { get; }

    /// <summary>Name of the method in its service.</summary>
    string Name { get; }

    /// <summary>Path of the method: "/service/name".</summary>
    string FullName { get; }
}
