namespace VsgGym.Client;

/// <summary>An uploaded game that the server keeps.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Kind">"tabular", "mean_field" or "flow".</param>
/// <param name="Bytes">Length of the message that brought it.</param>
public sealed record UploadInfo(string Id, string Title, string Kind, long Bytes);
